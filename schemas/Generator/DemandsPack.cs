namespace Repave.Schemas.Generator;

/// <summary>Writes what is demanded of several properties together (<c>demands.pack</c>): the combinations in the registry's schemas, and
/// the
/// schemas that the package cfn-lint adds to them as data. Both are read by the package itself, which knows where each belongs.</summary>
internal static class DemandsPack
{
    // What is said of all places (functions, sections) has its own code here; one schema has megabytes of what another says by region.
    private const string Script = """
        import json, re, sys
        from cfnlint.core import get_rules
        from cfnlint.helpers import load_resource
        from cfnlint.rules.jsonschema.CfnLintJsonSchema import CfnLintJsonSchema
        from cfnlint.rules.jsonschema.CfnLintJsonSchemaRegional import CfnLintJsonSchemaRegional
        from cfnlint.rules.formats.FormatKeyword import FormatKeyword
        from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

        LIMIT = 200_000
        WORDS = ("description", "cfnLint", "$comment", "markdownDescription", "$id")
        COMBINE = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentExcluded", "dependentRequired", "requiredXor", "requiredOr")

        # A state machine's language; and what EC2 takes in practice.
        SKIP = ("E3601", "E3688")

        # Texts that CloudFormation lowers before it compares.
        LOWERED = {}
        for kind in PROVIDER_SCHEMA_MANAGER.get_resource_types("us-east-1"):
            changes = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema.get("propertyTransform") or {}
            LOWERED[kind] = {p.split("/")[2] for p, how in changes.items() if "$lowercase" in str(how) and p.count("/") == 2}

        def ease(x, names):
            if isinstance(x, list):
                return [ease(v, names) for v in x]
            if not isinstance(x, dict):
                return x
            return {k: {n: {"enumCaseInsensitive" if w == "enum" or w == "const" and not isinstance(u, dict) else w:
                         [u] if w == "const" and not isinstance(u, dict) else u for w, u in v.items()}
                        if n in names and isinstance(v, dict) else ease(v, names) for n, v in y.items()}
                    if k == "properties" and isinstance(y, dict) else ease(y, names) for k, y in x.items()}

        def lean(x):
            if isinstance(x, dict):
                # An escaped underline is one in every dialect but .NET's, which refuses it.
                return {k: re.sub(r"\\(.)", lambda m: "_" if m.group(1) == "_" else m.group(0), v) if k == "pattern" and isinstance(v, str) else lean(v)
                        for k, v in x.items()
                        if not (k in WORDS and not isinstance(v, dict)) and not (k == "additionalProperties" and v is True)}
            return [lean(v) for v in x] if isinstance(x, list) else x

        # What no region has.
        def union(a, b):
            if isinstance(a, dict) and isinstance(b, dict):
                return {k: union(a[k], b[k]) if k in a and k in b else a.get(k, b.get(k)) for k in sorted(set(a) | set(b))}
            if isinstance(a, list) and isinstance(b, list):
                if all(isinstance(v, dict) and "if" in v for v in a + b):
                    by = {}
                    for v in a + b:
                        key = json.dumps(v["if"], sort_keys=True)
                        by[key] = union(by[key], v) if key in by else v
                    return [by[k] for k in sorted(by)]
                return sorted({json.dumps(v): v for v in a + b}.values(), key=str)
            return a

        lines, documents, formats = [], {}, {}

        def document(name, schema):
            documents[name] = lean(schema)

        def add(path, schema):
            if schema:
                schema = ease(schema, LOWERED.get(path.split("/")[0], ()))
                lines.append(path + "\t" + json.dumps(lean(schema), separators=(",", ":"), ensure_ascii=True))

        for rule_id, rule in sorted(get_rules([], [], ["I", "W", "E"], {}, True).rules.items()):
            if isinstance(rule, FormatKeyword) and rule.pattern:
                formats.setdefault(rule.format_keyword, rule.pattern.replace("\\Z", "$"))
            if not rule_id.startswith("E") or not isinstance(rule, CfnLintJsonSchema):
                continue
            schema = rule._schema
            paths = [k[len("Resources/"):] for k in rule.keywords or [] if k.startswith("Resources/AWS::") or k.endswith("/AWS::CloudFormation::Init")]
            paths += ["@" + k for k in rule.keywords or [] if k.startswith("Metadata/AWS::")]
            if not paths or rule_id in SKIP:
                continue
            if hasattr(rule, "identity_schema"):
                documents["policy"] = lean(load_resource("cfnlint.data.schemas.other.iam", "policy.json"))
                name = type(rule).__name__
                document(name, rule.identity_schema)
                schema = {"$ref": name + "#"}
            elif not isinstance(schema, dict) or not schema:
                continue
            elif isinstance(rule, CfnLintJsonSchemaRegional):
                merged = None
                for region in sorted(schema):
                    if isinstance(schema[region], dict):
                        merged = schema[region] if merged is None else union(merged, schema[region])
                schema = merged
            elif '"$ref": "#' in json.dumps(schema):
                document(rule_id, schema)
                schema = {"$ref": rule_id + "#"}
            if len(json.dumps(schema)) > LIMIT:
                continue
            for path in paths:
                add(path, schema)

        # The registry's own combinations, at every place that its schema has them.
        def resolve(root, node):
            for _ in range(20):
                if not (isinstance(node, dict) and "$ref" in node):
                    return node
                at = root
                for part in node["$ref"].lstrip("#").strip("/").split("/"):
                    at = at.get(part, {}) if isinstance(at, dict) else {}
                node = at
            return {}

        def inline(root, x, depth=0):
            if isinstance(x, dict):
                if "$ref" in x:
                    return inline(root, resolve(root, x), depth + 1) if depth < 4 else {}
                return {k: inline(root, v, depth) for k, v in x.items()}
            return [inline(root, v, depth) for v in x] if isinstance(x, list) else x

        def single(parts):
            return all(isinstance(p, dict) and list(p) == ["required"] and len(p["required"]) == 1 for p in parts)

        def walk(root, node, path, above):
            node = resolve(root, node)
            if not isinstance(node, dict) or id(node) in above or len(above) > 12:
                return
            above = above | {id(node)}
            demand = {k: node[k] for k in COMBINE if k in node}
            for k in ("requiredXor", "requiredOr", "dependentRequired", "dependentExcluded"):
                demand.pop(k, None)
            for k in ("anyOf", "oneOf"):
                if k in demand and len(demand[k]) > 1 and single(demand[k]):
                    demand.pop(k)
            if demand:
                add(path, inline(root, demand))
            for name, value in (node.get("properties") or {}).items():
                walk(root, value, path + "/" + name, above)
            if isinstance(node.get("items"), dict):
                walk(root, node["items"], path + "/*", above)

        for kind in sorted(PROVIDER_SCHEMA_MANAGER.get_resource_types("us-east-1")):
            if kind.startswith("AWS::"):
                schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
                walk(schema, schema, kind + "/Properties", frozenset())

        # How many artifacts actions take, which cfn-lint keeps as a table.
        counts = next(r for i, r in get_rules([], [], ["E"], {}, True).rules.items() if i == "E3702")._artifact_counts
        for owner, categories in sorted(counts.items()):
            for category, providers in sorted(categories.items()):
                for provider, limits in sorted(providers.items()):
                    kind = {"Owner": {"const": owner}, "Category": {"const": category}, "Provider": {"const": provider}}
                    add("AWS::CodePipeline::Pipeline/Properties/Stages/*/Actions/*", {
                        "if": {"properties": {"ActionTypeId": {"properties": kind, "required": sorted(kind)}}, "required": ["ActionTypeId"]},
                        "then": {"properties": limits}})

        # Names of hosts, from AWS's documentation of alternate domain names.
        add("AWS::CloudFront::Distribution/Properties/DistributionConfig/Aliases/*", {"allOf": [
            {"pattern": "^(?!.*(?:\\.\\*\\.)).*"},
            {"pattern": "^(?:[a-z0-9\\*](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$"}]})
        for line in sorted(set(lines)):
            print(line)
        for name in sorted(documents):
            print("#" + name + "\t" + json.dumps(documents[name], separators=(",", ":"), ensure_ascii=True))
        for name in sorted(formats):
            print("~" + name + "\t" + formats[name])

        # By what AWS knows a resource, where its author chooses all of it; what cfn-lint makes an exception of is one here.
        exceptions = next(r for i, r in get_rules([], [], ["E"], {}, True).rules.items() if i == "E3019").config_definition["exceptions"]["default"]
        for kind in sorted(PROVIDER_SCHEMA_MANAGER.get_resource_types("us-east-1")):
            schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
            names = schema.get("primaryIdentifier") or []
            if names and kind not in exceptions and all(n.count("/") == 2 and n not in (schema.get("readOnlyProperties") or []) for n in names):
                print("!" + kind + "\t" + ",".join(n.split("/")[2] for n in names))
        for name, life in sorted(load_resource("cfnlint.data.AdditionalSpecs", "LmbdRuntimeLifecycle.json").items()):
            print("=" + name + "\t" + " ".join(life[k] or "?" for k in ("create-block", "update-block", "successor")))
        """;

    public static void Write(string folder, RegistrySchemas registry)
    {
        var file = Path.Combine(folder, "demands.pack");
        File.WriteAllText(file, "# What AWS CloudFormation demands of properties together. "
            + $"Made by schemas/Generator from the data of cfn-lint {registry.Version}; "
            + "do not edit.\n" + RegistrySchemas.Ask(Script).Replace("\r", "", StringComparison.Ordinal) + "\n");
        Console.WriteLine($"{file}: {new FileInfo(file).Length / 1024} KiB");
    }
}
