using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Repave.Schemas.Generator;

/// <summary>Writes the schema pack for AWS CloudFormation from the database that AWS publishes for its CDK. Its grammar is described in
/// schemas/README.md.</summary>
internal static class CloudFormationPack
{
    private const string Package = "@aws-cdk/aws-service-spec";
    private const string Version = "0.1.216";

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        using var stream = new GZipStream(File.OpenRead(Path.Combine(NpmPackage.Fetch(Package, Version), "db.json.gz")),
            CompressionMode.Decompress);
        using var database = JsonDocument.Parse(stream);
        var schema = database.RootElement.GetProperty("schema");
        var types = EntitiesOf(schema, "typeDefinition").ToDictionary(t => t.GetProperty("$id").GetString()!, StringComparer.Ordinal);
        var pack = new StringBuilder();
        pack.Append($"# AWS CloudFormation. Made by schemas/Generator from {Package} {Version}; do not edit.\n");
        var resources = EntitiesOf(schema, "resource")
            .OrderBy(r => r.GetProperty("cloudFormationType").GetString(), StringComparer.Ordinal).ToList();
        foreach (var resource in resources)
            new ResourceWriter(pack, types, resource).Write();
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

    /// <summary>Writes single changes of properties with what AWS publishes of each, straight from the database, for the tests
    /// of plans.</summary>
    public static void WriteUpdates(string file)
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(NpmPackage.Fetch(Package, Version), "db.json.gz")),
            CompressionMode.Decompress);
        using var database = JsonDocument.Parse(stream);
        var schema = database.RootElement.GetProperty("schema");
        var types = EntitiesOf(schema, "typeDefinition").ToDictionary(t => t.GetProperty("$id").GetString()!, StringComparer.Ordinal);
        var rows = new StringBuilder("# Type, property, old and new value as JSON, and whether AWS says that the change replaces: "
            + $"from {Package} {Version} by schemas/Generator; do not edit.\n");
        foreach (var resource in EntitiesOf(schema, "resource")
            .OrderBy(r => r.GetProperty("cloudFormationType").GetString(), StringComparer.Ordinal))
        {
            var type = resource.GetProperty("cloudFormationType").GetString()!;
            // The services that most templates are made of.
            if (!(type.Split("::") is ["AWS", "EC2" or "S3" or "SQS" or "SNS" or "RDS" or "DynamoDB" or "Lambda" or "IAM" or "ECS" or "ECR"
                or "AutoScaling" or "ElasticLoadBalancingV2" or "KMS" or "Logs" or "EFS" or "ElastiCache" or "CloudFront", _]))
                continue;
            foreach (var property in resource.GetProperty("properties").EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                var own = Causes(property.Value);
                AppendUpdate(rows, type, property.Name, property.Value.GetProperty("type"), own);
                if (property.Value.GetProperty("type") is var of && of.GetProperty("type").GetString() == "ref"
                    && !property.Value.TryGetProperty("previousTypes", out _))
                {
                    foreach (var part in types[of.GetProperty("reference").GetProperty("$ref").GetString()!].GetProperty("properties")
                        .EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                        AppendUpdate(rows, type, $"{property.Name}.{part.Name}", part.Value.GetProperty("type"),
                            Stronger(own, Causes(part.Value)));
                }
            }
        }

        File.WriteAllText(file, rows.ToString());
        Console.WriteLine($"{file}: {rows.ToString().Count(c => c == '\n') - 1} changes");
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
        private readonly Queue<(string Name, JsonElement Type)> _open = new();

        public void Write()
        {
            pack.Append($"[{_type}]\n");
            descriptions?.Append($"[{_type}]\n");
            foreach (var property in resource.GetProperty("properties").EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                WriteField(property, isOfResource: true);
            // What Fn::GetAtt gives.
            pack.Append($"[{_type}#]\n");
            foreach (var attribute in resource.GetProperty("attributes").EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                pack.Append($"{attribute.Name} {TypeOf(attribute.Value.GetProperty("type"), isValue: true)}\n");
            while (_open.TryDequeue(out var next))
            {
                pack.Append($"[{_type}.{next.Name}]\n");
                descriptions?.Append($"[{_type}.{next.Name}]\n");
                foreach (var property in next.Type.GetProperty("properties").EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                    WriteField(property, isOfResource: false);
            }
        }

        private void WriteField(JsonProperty property, bool isOfResource)
        {
            var type = property.Value.GetProperty("type");
            if (property.Value.TryGetProperty("documentation", out var documentation)
                && string.Join(' ', documentation.GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                    is { Length: > 0 } words)
                descriptions?.Append($"{property.Name}\t{(words.Length <= MaxDescription ? words : words[..MaxDescription] + "…")}\n");
            // Where an older form is still taken, only that it is there is known.
            var text = property.Value.TryGetProperty("previousTypes", out var before) && before.EnumerateArray()
                .Any(b => b.GetProperty("type").GetString() != type.GetProperty("type").GetString()) ? "any" : TypeOf(type, isValue: false);
            pack.Append($"{property.Name} {text}");
            if (property.Value.TryGetProperty("required", out var required) && required.GetBoolean())
                pack.Append(" required");
            var update = property.Value.TryGetProperty("causesReplacement", out var causes) ? causes.GetString() : null;
            if (update is "yes" or "maybe")
                pack.Append(update == "yes" ? " replaces" : " may-replace");
            if (isOfResource && update == "yes" && text == "string" && !property.Value.TryGetProperty("relationshipRefs", out _)
                && IsPhysicalName(property.Name))
                pack.Append(" physical-name");
            if (text != "any" && AllowedOf(type) is { } allowed)
                pack.Append(allowed);
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

        private static string? AllowedOf(JsonElement type)
        {
            var (attribute, of) = type.GetProperty("type").GetString() == "array" ? ("item-enum", type.GetProperty("element"))
                : ("enum", type);
            if (of.GetProperty("type").GetString() != "string" || !of.TryGetProperty("allowedValues", out var values))
                return null;
            var texts = values.EnumerateArray().Select(v => v.GetString() ?? "").ToList();
            return texts.Count == 0 || texts.Exists(t => t.Length == 0 || t.Any(c => c is ' ' or ',' or '\n')) ? null
                : $" {attribute}={string.Join(',', texts)}";
        }

        private string TypeOf(JsonElement type, bool isValue)
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
                    return "[]" + TypeOf(type.GetProperty("element"), isValue);
                case "map":
                    return "{}" + TypeOf(type.GetProperty("element"), isValue);
                case "ref" when !isValue:
                    return "." + NameOf(type.GetProperty("reference").GetProperty("$ref").GetString()!);
                default:
                    return "any";
            }
        }

        private string NameOf(string id)
        {
            if (_names.TryGetValue(id, out var known))
                return known;
            var type = types[id];
            var name = type.GetProperty("name").GetString()!;
            for (var i = 2; _names.ContainsValue(name); i++)
                name = $"{type.GetProperty("name").GetString()}{i}";
            _names[id] = name;
            _open.Enqueue((name, type));
            return name;
        }
    }
}
