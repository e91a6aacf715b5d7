using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Repave.Schemas.Generator;

/// <summary>Writes the schema pack for AWS CloudFormation: types, attributes and what updates do from the database that AWS publishes for
/// its
/// CDK, what values must be from the registry's schemas. Its grammar is described in schemas/README.md.</summary>
internal static class CloudFormationPack
{
    private const string Package = "@aws-cdk/aws-service-spec";
    private const string Version = "0.1.216";

    public static void Write(string folder, RegistrySchemas registry)
    {
        Directory.CreateDirectory(folder);
        using var stream = new GZipStream(File.OpenRead(Path.Combine(NpmPackage.Fetch(Package, Version), "db.json.gz")),
            CompressionMode.Decompress);
        using var database = JsonDocument.Parse(stream);
        var schema = database.RootElement.GetProperty("schema");
        var types = EntitiesOf(schema, "typeDefinition").ToDictionary(t => t.GetProperty("$id").GetString()!, StringComparer.Ordinal);
        var pack = new StringBuilder();
        pack.Append($"# AWS CloudFormation. Made by schemas/Generator from {Package} {Version} "
            + $"and the registry's schemas in cfn-lint {registry.Version}; do not edit.\n");
        var resources = EntitiesOf(schema, "resource")
            .OrderBy(r => r.GetProperty("cloudFormationType").GetString(), StringComparer.Ordinal).ToList();
        foreach (var resource in resources)
        {
            var node = registry.SchemaOf(resource.GetProperty("cloudFormationType").GetString()!) is { } of ? RegistryNode.Of(of) : null;
            // Where a type is used in places of which the registry says different things, it says nothing.
            var places = new ResourceWriter(new StringBuilder(), types, resource) { Registry = node };
            places.Write();
            new ResourceWriter(pack, types, resource)
            {
                Registry = node,
                Attributes = registry.AttributesOf(resource.GetProperty("cloudFormationType").GetString()!),
                Definitions = places.FoundDefinitions,
                Paths = places.FoundPaths
            }.Write();
        }

        pack.Append("[Tag]\nKey string required\nValue string required\n");
        pack.Append("[*stateful]\n");
        foreach (var resource in resources.Where(r => r.TryGetProperty("isStateful", out var stateful) && stateful.GetBoolean()))
            pack.Append($"{resource.GetProperty("cloudFormationType").GetString()} any\n");
        var file = Path.Combine(folder, "types.pack");
        File.WriteAllText(file, pack.ToString());
        Console.WriteLine($"{file}: {resources.Count} resource types");
    }

    /// <summary>Writes <c>cloudformation.descriptions.gz</c> and its licence into a folder, in the form of
    /// <see cref="Descriptions"/>.</summary>
    public static void WriteDescriptions(string folder)
    {
        var package = NpmPackage.Fetch(Package, Version);
        using var stream = new GZipStream(File.OpenRead(Path.Combine(package, "db.json.gz")), CompressionMode.Decompress);
        using var database = JsonDocument.Parse(stream);
        var schema = database.RootElement.GetProperty("schema");
        var types = EntitiesOf(schema, "typeDefinition").ToDictionary(t => t.GetProperty("$id").GetString()!, StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var resource in EntitiesOf(schema, "resource")
            .OrderBy(r => r.GetProperty("cloudFormationType").GetString(), StringComparer.Ordinal))
            new ResourceWriter(new StringBuilder(), types, resource, text).Write();
        var target = Path.Combine(folder, "cloudformation.descriptions.gz");
        using (var output = new GZipStream(File.Create(target), CompressionLevel.SmallestSize))
            output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        File.Copy(Path.Combine(package, "LICENSE"), Path.Combine(folder, "cloudformation.LICENSE"), overwrite: true);
        Console.WriteLine($"{target}: {new FileInfo(target).Length / 1024} KiB");
    }

    /// <summary>Writes single changes of properties with what AWS publishes of each, straight from the registry's lists and the database,
    /// for the tests of plans.</summary>
    public static void WriteUpdates(string file, RegistrySchemas registry)
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(NpmPackage.Fetch(Package, Version), "db.json.gz")),
            CompressionMode.Decompress);
        using var database = JsonDocument.Parse(stream);
        var schema = database.RootElement.GetProperty("schema");
        var types = EntitiesOf(schema, "typeDefinition").ToDictionary(t => t.GetProperty("$id").GetString()!, StringComparer.Ordinal);
        var rows = new StringBuilder("# Type, property, old and new value as JSON, and whether AWS says that the change replaces: "
            + $"from {Package} {Version} and the registry's schemas in cfn-lint {registry.Version} by schemas/Generator; do not edit.\n");
        foreach (var resource in EntitiesOf(schema, "resource")
            .OrderBy(r => r.GetProperty("cloudFormationType").GetString(), StringComparer.Ordinal))
        {
            var type = resource.GetProperty("cloudFormationType").GetString()!;
            // The services that most templates are made of.
            if (!(type.Split("::") is ["AWS", "EC2" or "S3" or "SQS" or "SNS" or "RDS" or "DynamoDB" or "Lambda" or "IAM" or "ECS" or "ECR"
                or "AutoScaling" or "ElasticLoadBalancingV2" or "KMS" or "Logs" or "EFS" or "ElastiCache" or "CloudFront", _]))
                continue;
            var node = registry.SchemaOf(type) is { } of ? RegistryNode.Of(of) : null;
            var (createOnly, conditional) = (node?.Places("createOnlyProperties"), node?.Places("conditionalCreateOnlyProperties"));
            string CausesAt(JsonElement property, string path) =>
                node?.At(path) is null ? Causes(property) : StrongestOf(Causes(property), path, createOnly!, conditional!) ?? "no";
            foreach (var property in resource.GetProperty("properties").EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                var own = CausesAt(property.Value, $"/properties/{property.Name}");
                AppendUpdate(rows, type, property.Name, property.Value.GetProperty("type"), own);
                if (property.Value.GetProperty("type") is var kind && kind.GetProperty("type").GetString() == "ref"
                    && !property.Value.TryGetProperty("previousTypes", out _))
                {
                    foreach (var part in types[kind.GetProperty("reference").GetProperty("$ref").GetString()!].GetProperty("properties")
                        .EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                        AppendUpdate(rows, type, $"{property.Name}.{part.Name}", part.Value.GetProperty("type"),
                            Stronger(own, CausesAt(part.Value, $"/properties/{property.Name}/{part.Name}")));
                }
            }
        }

        File.WriteAllText(file, rows.ToString());
        Console.WriteLine($"{file}: {rows.ToString().Count(c => c == '\n') - 1} changes");
    }

    /// <summary>Writes what the registry lists as replacing, always or for some changes, for the test of the pack's marks.</summary>
    public static void WriteMarks(string file, RegistrySchemas registry)
    {
        var rows = new StringBuilder("# Type, property, and whether the registry lists it as create-only: "
            + $"from cfn-lint {registry.Version} by schemas/Generator; "
            + "do not edit.\n");
        foreach (var type in registry.Types.Where(t => t.StartsWith("AWS::", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (registry.SchemaOf(type) is not { } schema)
                continue;
            foreach (var (keyword, word) in ((string, string)[])[("createOnlyProperties", "always"),
                ("conditionalCreateOnlyProperties", "sometimes")])
            {
                foreach (var place in RegistryNode.Of(schema).Places(keyword).Order(StringComparer.Ordinal))
                    rows.Append($"{type}\t{place}\t{word}\n");
            }
        }

        File.WriteAllText(file, rows.ToString());
        Console.WriteLine($"{file}: {rows.ToString().Count(c => c == '\n') - 1} properties");
    }

    // The registry is newer. Its conditional properties are those for which some change replaces: where AWS's documentation, from which the
    // database is, says that every one does, that is the stronger word.
    private static string? StrongestOf(string? published, string path, IReadOnlySet<string> createOnly, IReadOnlySet<string> conditional)
    {
        if (createOnly.Contains(path))
            return "yes";
        if (conditional.Contains(path))
            return published == "yes" ? "yes" : "maybe";
        return published == "maybe" ? published : null;
    }

    private static string Causes(JsonElement property) =>
        property.TryGetProperty("causesReplacement", out var causes) ? causes.GetString()! : "no";

    private static string Stronger(string a, string b) => a == "yes" || b == "yes" ? "yes" : a == "maybe" || b == "maybe" ? "maybe" : "no";

    private static void AppendUpdate(StringBuilder rows, string type, string property, JsonElement of, string causes)
    {
        (string From, string To)? values = of.GetProperty("type").GetString() switch
        {
            "string" when of.TryGetProperty("allowedValues", out var allowed) && allowed.GetArrayLength() > 1 =>
                (allowed[0].GetRawText(), allowed[1].GetRawText()),
            "string" when !of.TryGetProperty("allowedValues", out _) => ("\"one\"", "\"two\""),
            "integer" or "number" => ("1", "2"),
            "boolean" => ("true", "false"),
            "array" when of.GetProperty("element").GetProperty("type").GetString() == "string"
                && !of.GetProperty("element").TryGetProperty("allowedValues", out _) => ("[\"one\"]", "[\"one\",\"two\"]"),
            _ => null,
        };
        if (values is var (from, to))
            rows.Append($"{type}\t{property}\t{from}\t{to}\t{causes}\n");
    }

    private static IEnumerable<JsonElement> EntitiesOf(JsonElement schema, string kind)
    {
        var entities = schema.GetProperty(kind).GetProperty("entities");
        return entities.ValueKind == JsonValueKind.Array ? entities.EnumerateArray() : entities.EnumerateObject().Select(e => e.Value);
    }

    private sealed class ResourceWriter(
        StringBuilder pack, IReadOnlyDictionary<string, JsonElement> types, JsonElement resource, StringBuilder? descriptions = null)
    {
        // What hovers show; more is in AWS's own pages.
        private const int MaxDescription = 500;

        private readonly string _type = resource.GetProperty("cloudFormationType").GetString()!;
        private readonly string _name = resource.GetProperty("name").GetString()!;
        private readonly HashSet<string> _identifiers =
            resource.TryGetProperty("primaryIdentifier", out var ids) ? [.. ids.EnumerateArray().Select(i => i.GetString()!)] : [];
        private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
        private readonly Queue<(string Name, JsonElement Type, RegistryNode? Node, string? Path)> _open = new();

        private IReadOnlySet<string> _createOnly = new HashSet<string>();
        private IReadOnlySet<string> _conditional = new HashSet<string>();

        /// <summary>What the registry says of the type; null if it is not asked.</summary>
        public RegistryNode? Registry { get; init; }

        /// <summary>The attributes that the registry gives of the type.</summary>
        public IReadOnlyList<string> Attributes { get; init; } = [];

        /// <summary>The definitions in the registry's schema by type, from an earlier writing; null if they are not known yet.</summary>
        public IReadOnlyDictionary<string, HashSet<string>>? Definitions { get; init; }

        /// <summary>The paths by type, from an earlier writing; null if they are not known yet.</summary>
        public IReadOnlyDictionary<string, HashSet<string>>? Paths { get; init; }

        /// <summary>The definitions in the registry's schema that stand for each type.</summary>
        public Dictionary<string, HashSet<string>> FoundDefinitions { get; } = new(StringComparer.Ordinal);

        /// <summary>The paths at which each type is used, as the registry writes them.</summary>
        public Dictionary<string, HashSet<string>> FoundPaths { get; } = new(StringComparer.Ordinal);

        public void Write()
        {
            _createOnly = Registry?.Places("createOnlyProperties") ?? _createOnly;
            _conditional = Registry?.Places("conditionalCreateOnlyProperties") ?? _conditional;
            pack.Append($"[{_type}]\n");
            WriteDemands(Registry);
            descriptions?.Append($"[{_type}]\n");
            foreach (var property in resource.GetProperty("properties").EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                WriteField(property, Registry, "/properties", isOfResource: true);
            // What Fn::GetAtt gives.
            pack.Append($"[{_type}#]\n");
            var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in Attributes)
                attributes[name] = Registry?.At("/properties/" + name.Replace('.', '/'))?.Given ?? "any";
            foreach (var attribute in resource.GetProperty("attributes").EnumerateObject())
                attributes[attribute.Name] = TypeOf(attribute.Value.GetProperty("type"), null, null, isValue: true);
            foreach (var (name, given) in attributes)
                pack.Append($"{name} {given}\n");
            while (_open.TryDequeue(out var next))
            {
                pack.Append($"[{_type}.{next.Name}]\n");
                WriteDemands(next.Node);
                descriptions?.Append($"[{_type}.{next.Name}]\n");
                foreach (var property in next.Type.GetProperty("properties").EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                    WriteField(property, next.Node, next.Path, isOfResource: false);
            }
        }

        private void WriteDemands(RegistryNode? node)
        {
            foreach (var demand in node?.Demands().Distinct() ?? [])
                pack.Append(demand).Append('\n');
        }

        private void WriteField(JsonProperty property, RegistryNode? holder, string? above, bool isOfResource)
        {
            var node = holder?.Property(property.Name);
            var path = above is null ? null : $"{above}/{property.Name}";
            var type = property.Value.GetProperty("type");
            if (property.Value.TryGetProperty("documentation", out var documentation)
                && string.Join(' ', documentation.GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                    is { Length: > 0 } words)
                descriptions?.Append($"{property.Name}\t{(words.Length <= MaxDescription ? words : words[..MaxDescription] + "…")}\n");
            // Where an older form is still taken, only that it is there is known.
            var text = property.Value.TryGetProperty("previousTypes", out var before) && before.EnumerateArray()
                .Any(b => b.GetProperty("type").GetString() != type.GetProperty("type").GetString()) ? "any"
                    : TypeOf(type, node, path, isValue: false);
            pack.Append($"{property.Name} {text}");
            if (property.Value.TryGetProperty("required", out var required) && required.GetBoolean())
                pack.Append(" required");
            var update = UpdateOf(property.Value, node, path);
            if (update is "yes" or "maybe")
                pack.Append(update == "yes" ? " replaces" : " may-replace");
            if (isOfResource && update == "yes" && text == "string" && !property.Value.TryGetProperty("relationshipRefs", out _)
                && IsPhysicalName(property.Name))
                pack.Append(" physical-name");
            if (text != "any")
                pack.Append(AllowedOf(type, node)).Append(node?.Attributes(text));
            pack.Append('\n');
        }

        // The property by which an author names the thing itself, so that two of that name cannot live side by side.
        private bool IsPhysicalName(string property)
        {
            if (property is "Name" || property == _name + "Name" || property == _name + "Identifier")
                return true;
            if (_identifiers.Contains(property) && _identifiers.Count == 1
                && (property.EndsWith("Name", StringComparison.Ordinal) || property.EndsWith("Identifier", StringComparison.Ordinal)))
                return true;
            return property.EndsWith("Name", StringComparison.Ordinal) && property.Length > 6
                && _name.EndsWith(property[..^4], StringComparison.Ordinal);
        }

        // The registry is newer than the database; what only the database knows is not refused for certain.
        private static string? AllowedOf(JsonElement type, RegistryNode? node)
        {
            var (prefix, of, at) = type.GetProperty("type").GetString() == "array" ? ("item-", type.GetProperty("element"), node?.Items)
                : ("", type, node);
            if (of.GetProperty("type").GetString() != "string")
                return null;
            if (at?.Allowed is { } allowed && !allowed.Contains(""))
                return $" {prefix}enum={string.Join(',', allowed.Select(RegistryNode.Escape))}{(at.IgnoresCase ? " ignore-case" : "")}";
            if (!of.TryGetProperty("allowedValues", out var values))
                return null;
            var texts = values.EnumerateArray().Select(v => v.GetString() ?? "").ToList();
            return texts.Count == 0 || texts.Exists(t => t.Length == 0) ? null
                : $" {prefix}enum={string.Join(',', texts.Select(RegistryNode.Escape))} unsure";
        }

        private string TypeOf(JsonElement type, RegistryNode? node, string? path, bool isValue)
        {
            switch (type.GetProperty("type").GetString())
            {
                case "string":
                    return "string";
                case "date-time":
                    return "string";
                case "boolean":
                    return "boolean";
                case "integer":
                    return "int64";
                case "number":
                    return "number";
                case "tag":
                    return "Tag";
                case "array":
                    return "[]" + TypeOf(type.GetProperty("element"), node?.Items, path + "/*", isValue);
                case "map":
                    return "{}" + TypeOf(type.GetProperty("element"), node?.Values, null, isValue);
                case "ref" when !isValue:
                    return "." + NameOf(type.GetProperty("reference").GetProperty("$ref").GetString()!, node, path);
                default:
                    return "any";
            }
        }

        // The registry is newer than the database where it knows the property at all.
        private string? UpdateOf(JsonElement property, RegistryNode? node, string? path)
        {
            var published = property.TryGetProperty("causesReplacement", out var causes) ? causes.GetString() : null;
            // What becomes of the Serverless Application Model's own types is said of what they are expanded to.
            if (_type.StartsWith("AWS::Serverless::", StringComparison.Ordinal))
                return null;
            if (node is null || path is null)
                return published;
            return StrongestOf(published, path, _createOnly, _conditional);
        }

        private string NameOf(string id, RegistryNode? node, string? path)
        {
            Add(FoundDefinitions, id, node?.Pointer ?? "?");
            Add(FoundPaths, id, path ?? "?");
            if (_names.TryGetValue(id, out var known))
                return known;
            var type = types[id];
            var name = type.GetProperty("name").GetString()!;
            for (var i = 2; _names.ContainsValue(name); i++)
                name = $"{type.GetProperty("name").GetString()}{i}";
            _names[id] = name;
            _open.Enqueue((name, type, Definitions is null || Definitions[id].Count == 1 ? node : null,
                Paths is null || Paths[id].Count == 1 ? path : null));
            return name;
        }

        private static void Add(Dictionary<string, HashSet<string>> sets, string id, string value)
        {
            if (!sets.TryGetValue(id, out var set))
                sets[id] = set = new HashSet<string>(StringComparer.Ordinal);
            set.Add(value);
        }
    }
}
