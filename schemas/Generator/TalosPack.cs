using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Makes the pack of Talos' machine configuration from a clone of it: its own JSON Schema, completed by the Go structures that it
/// is decoded into, and the fields that are applied to a running machine without a reboot.</summary>
internal sealed partial class TalosPack
{
    private const string Types = "pkg/machinery/config/types/v1alpha1/v1alpha1_types.go";

    // The package of the structures in that file, as the schema writes it.
    private const string Package = "v1alpha1.";

    private const string Runtime = "internal/app/machined/pkg/runtime/v1alpha1/v1alpha1_runtime.go";

    // Fields of which Talos' own test data holds what its schema refuses.
    private static readonly string[] Unsaid = ["cri.RegistryTLSConfigV1Alpha1/clientIdentity", "network.RoutingRuleConfigV1Alpha1/action"];

    private readonly JsonObject _definitions;
    private readonly IReadOnlyDictionary<string, List<GoField>> _structures;
    private readonly Dictionary<string, JsonObject> _inner = new(StringComparer.Ordinal);

    private TalosPack(JsonObject definitions, IReadOnlyDictionary<string, List<GoField>> structures) =>
        (_definitions, _structures) = (definitions, structures);

    /// <summary>Writes the pack and the facts.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="talos">The clone.</param>
    /// <exception cref="IOException">git is missing, or the clone lacks a file.</exception>
    /// <exception cref="InvalidDataException">The source no longer says what is applied without a reboot.</exception>
    public static void Write(string folder, string talos)
    {
        var clone = new SchemaClone(talos);
        // Before 1.14, which has no reboot at all.
        var tag = clone.Git("tag", "--sort=v:refname").Split('\n').Last(name => Release().IsMatch(name));
        var schema = JsonNode.Parse(clone.Git("show", $"{tag}:pkg/machinery/config/schemas/config.schema.json"))!;
        var types = clone.Git("show", $"{tag}:{Types}");
        Directory.CreateDirectory(folder);
        var from = $"Made by schemas/Generator from github.com/siderolabs/talos {tag} (MPL-2.0); do not edit.";
        File.WriteAllText(Path.Combine(folder, "machine.pack"), $"# The structure of Talos' machine configuration. {from}\n"
            + new TalosPack(schema["$defs"]!.AsObject(), new GoStructures(types, "yaml").Structures).Text());
        File.WriteAllText(Path.Combine(folder, "apply.facts"), "# What is applied to a running machine without a reboot: fields of the "
            + $"document with machine and cluster.\n# {from}\n" + Immediate(clone.Git("show", $"{tag}:{Runtime}"), types));
    }

    private static string Immediate(string runtime, string types)
    {
        var names = Named().Matches(types).GroupBy(match => match.Groups[1].Value)
            .ToDictionary(group => group.Key, group => group.First().Groups[2].Value, StringComparer.Ordinal);
        var fields = Kept().Matches(runtime).Select(match => string.Join('.', match.Groups[1].Value.Split('.').Select(name => names[name])))
            .Order(StringComparer.Ordinal).ToList();
        return fields.Count > 0 ? string.Concat(fields.Select(field => $"immediate {field}\n"))
            : throw new InvalidDataException("Talos' source no longer says what is applied without a reboot.");
    }

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var (name, type) in _definitions.OrderBy(definition => definition.Key, StringComparer.Ordinal))
        {
            if (type!["properties"]?["kind"]?["enum"]?[0] is { } kind)
                text.Append(CultureInfo.InvariantCulture, $"@kind v1alpha1 {kind} {((string)kind!).ToLowerInvariant()} cluster {name}\n");
        }

        text.Append("@kind v1alpha1 Config config cluster v1alpha1.Config\n");
        foreach (var (name, type) in _definitions.OrderBy(definition => definition.Key, StringComparer.Ordinal))
            AppendType(text, name, type!.AsObject());
        for (var done = 0; done < _inner.Count; done++)
            AppendType(text, _inner.ElementAt(done).Key, _inner.ElementAt(done).Value);
        return text.ToString();
    }

    private void AppendType(StringBuilder text, string name, JsonObject type)
    {
        text.Append(CultureInfo.InvariantCulture, $"[{name}]\n");
        var demanded = type["required"]?.AsArray().Select(field => (string)field!).ToHashSet(StringComparer.Ordinal) ?? [];
        var decoded = name.StartsWith(Package, StringComparison.Ordinal)
            ? _structures.GetValueOrDefault(name[Package.Length..])?.Where(field => field.Name.Length > 0).ToList() ?? [] : [];
        foreach (var (field, value) in type["properties"]?.AsObject() ?? [])
        {
            var written = TypeOf(value!, $"{name}/{field}");
            // The schema calls some lists what their items are.
            if (decoded.Find(known => known.Name == field)?.Type.StartsWith("[]", StringComparison.Ordinal) == true
                && !written.StartsWith("[]", StringComparison.Ordinal) && written != "any")
                written = "[]" + written;
            var values = value!["enum"]?.AsArray().Select(item => item!.ToString()).ToList();
            var isText = values?.TrueForAll(item => item.Length > 0 && item.IndexOfAny([' ', ',']) < 0) == true;
            text.Append(CultureInfo.InvariantCulture, $"{field} {written}{(demanded.Contains(field) ? " required" : "")}")
                .Append(isText ? $" enum={string.Join(',', values!)}\n" : "\n");
        }

        // What it decodes and does not speak of.
        foreach (var field in decoded.Where(field => type["properties"]?[field.Name] is null && field.Name != "-"))
            text.Append(CultureInfo.InvariantCulture, $"{field.Name} any\n");
    }

    private string TypeOf(JsonNode value, string name)
    {
        if (Unsaid.Contains(name))
            return "any";
        if ((string?)value["$ref"] is { } reference)
            return reference[(reference.LastIndexOf('/') + 1)..];
        if (value["enum"] is { } values)
            return values[0]!.GetValueKind() == System.Text.Json.JsonValueKind.String ? "string" : "any";
        switch ((string?)value["type"])
        {
            case "string":
                return "string";
            case "boolean":
                return "boolean";
            case "integer":
                return "int64";
            case "number":
                return "number";
            case "array":
                return value["items"] is { } items ? "[]" + TypeOf(items, name) : "[]any";
            case "object" when value["properties"] is { } && value is JsonObject own:
                _inner[name] = own;
                return name;
            case "object" when value["patternProperties"]?.AsObject().First().Value is { } every:
                return "{}" + TypeOf(every, name);
            case "object" when value["additionalProperties"] is JsonObject others:
                return "{}" + TypeOf(others, name);
            default:
                return "any";
        }
    }

    [GeneratedRegex(@"^v1\.13\.\d+$")]
    private static partial Regex Release();

    [GeneratedRegex("""\n\t(\w+)\s+[^\n`]*`yaml:"(\w+)""")]
    private static partial Regex Named();

    [GeneratedRegex(@"\n\s+newConfig\.([\w.]+) = currentConfig\.")]
    private static partial Regex Kept();
}
