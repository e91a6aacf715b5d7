using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Remakes the facts files from their sources: the OpenAPI v3 facts of a running API server (a JSON object by type name with
/// <c>fields</c> holding <c>enum</c>, <c>itemEnum</c>, <c>default</c>, <c>list-type</c>, <c>list-map-keys</c>, <c>map-type</c>,
/// <c>patch-strategy</c>, <c>patch-merge-key</c>), and a checkout of k8s.io/api (with apimachinery's <c>pkg/apis/meta</c> beside it), whose
/// Go types say which fields are quantities or structures by value and which structures are set as a whole, and whose lifecycle methods say
/// when an apiVersion went away.</summary>
internal static partial class FactsImporter
{
    public static void Write(string openApi, string api, string facts, string kubernetes)
    {
        Directory.CreateDirectory(facts);
        File.WriteAllText(Path.Combine(facts, "openapi.facts"), FromOpenApi(openApi));
        File.WriteAllText(Path.Combine(facts, "go-types.facts"), GoTypes(api));
        File.WriteAllText(Path.Combine(facts, "atomic-types.facts"), AtomicTypes(api));
        File.WriteAllText(Path.Combine(kubernetes, "lifecycle.facts"), Lifecycle(api, Path.Combine(facts, "lifecycle-extra.txt")));
    }

    private static string FromOpenApi(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var text = new StringBuilder();
        text.Append("# Enums, defaults, list keys and how fields are patched as a running kube-apiserver 1.36.2 serves them in its "
            + "OpenAPI v3 documents.\n");
        text.Append("# Made by \"Generator facts --openapi FILE\"; do not edit.\n");
        foreach (var type in document.RootElement.EnumerateObject().OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            if (!type.Value.TryGetProperty("fields", out var fields))
                continue;
            var lines = new StringBuilder();
            foreach (var field in fields.EnumerateObject().OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                var attributes = Attributes(field.Value);
                if (attributes.Length > 0)
                    lines.Append(field.Name).Append(attributes).Append('\n');
            }

            if (lines.Length > 0)
                text.Append($"[{ShortName(type.Name)}]\n").Append(lines);
        }

        return text.ToString();
    }

    private static string Attributes(JsonElement field)
    {
        var text = new StringBuilder();
        Append("enum", "enum");
        Append("itemEnum", "item-enum");
        if (field.TryGetProperty("default", out var value) && value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            text.Append(" default=").Append(value.ToString());
        if (field.TryGetProperty("list-type", out var list) && list.GetString() is { } kind and not "atomic")
            text.Append(" list=").Append(kind);
        Append("list-map-keys", "key");
        if (field.TryGetProperty("map-type", out var map) && map.GetString() == "atomic")
            text.Append(" atomic");
        foreach (var strategy in (field.TryGetProperty("patch-strategy", out var said) ? said.GetString()! : "").Split(','))
        {
            if (strategy == "merge")
                text.Append(" merge").Append(field.TryGetProperty("patch-merge-key", out var key) ? "=" + key.GetString() : "");
            else if (strategy is "retainKeys")
                text.Append(" retain-keys");
            else if (strategy is "replace")
                text.Append(" patch-replaces");
        }

        return text.ToString();

        void Append(string property, string attribute)
        {
            if (field.TryGetProperty(property, out var values))
                text.Append($" {attribute}=")
                    .AppendJoin(',', values.EnumerateArray().Select(v => v.GetString()!.Replace(" ", "%20", StringComparison.Ordinal))
                        .Order(StringComparer.Ordinal));
        }
    }

    // io.k8s.api.core.v1.Container -> core.v1.Container
    private static string ShortName(string name) => string.Join('.', name.Split('.')[^3..]);

    private static string GoTypes(string api)
    {
        var text = new StringBuilder();
        text.Append("# quantity: fields whose Go type is resource.Quantity or ResourceList (a map of quantities).\n");
        text.Append("# value: fields that hold a structure and no pointer to one; an absent one is an empty structure to the server.\n");
        text.Append("# drops-zero: numbers, booleans and texts that are no pointers; zero, false and empty say the same as absent.\n");
        text.Append("# Read from k8s.io/api's types.go. Made by \"Generator facts --api DIR\"; do not edit.\n");
        foreach (var file in GoFiles(api, "types.go"))
        {
            var version = Path.GetFileName(Path.GetDirectoryName(file))!;
            var group = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))!;
            var lines = File.ReadAllLines(file);
            var structs = lines.Select(l => StructPattern().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value)
                .ToHashSet(StringComparer.Ordinal);
            var scalars = lines.Select(l => ScalarPattern().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value)
                .ToHashSet(StringComparer.Ordinal);
            string? type = null;
            var written = false;
            foreach (var line in lines)
            {
                if (StructPattern().Match(line) is { Success: true } start)
                    (type, written) = (start.Groups[1].Value, false);
                else if (line == "}")
                    type = null;
                else if (type is not null && FieldPattern().Match(line) is { Success: true } field
                    && FactOf(field, structs, scalars) is { } fact)
                {
                    if (!written)
                        text.Append($"[{group}.{version}.{type}]\n");
                    written = true;
                    text.Append(field.Groups["json"].Value).Append(' ').Append(fact).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    // A structure whose comment says +structType=atomic is owned and replaced as a whole when a server applies.
    private static string AtomicTypes(string api)
    {
        var text = new StringBuilder();
        text.Append(
            "# Structures that server-side apply sets as a whole: +structType=atomic in k8s.io/api's and apimachinery's types.go.\n");
        text.Append("# Made by \"Generator facts --api DIR\"; do not edit.\n");
        foreach (var file in GoFiles(api, "types.go"))
        {
            var version = Path.GetFileName(Path.GetDirectoryName(file))!;
            var group = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))!;
            var isAtomic = false;
            foreach (var line in File.ReadLines(file))
            {
                if (line.StartsWith("//", StringComparison.Ordinal))
                    isAtomic |= line.Contains("+structType=atomic", StringComparison.Ordinal);
                else if (line.Length > 0)
                {
                    if (isAtomic && StructPattern().Match(line) is { Success: true } start)
                        text.Append($"[{group}.{version}.{start.Groups[1].Value}]\n. atomic\n");
                    isAtomic = false;
                }
            }
        }

        return text.ToString();
    }

    private static string? FactOf(Match field, HashSet<string> structs, HashSet<string> scalars)
    {
        var type = field.Groups["type"].Value;
        var name = type[(type.LastIndexOf('.') + 1)..];
        if (type is "resource.Quantity" || name is "ResourceList")
            return "quantity";
        var isValue = field.Groups["wrap"].Length == 0 && field.Groups["json"].Value != "status"
            && (structs.Contains(type) || name is "PodTemplateSpec" or "PodSpec" or "PersistentVolumeClaimSpec");
        if (isValue)
            return "value";
        var isScalar = type is "int32" or "int64" or "bool" or "string"
            || (!type.Contains('.', StringComparison.Ordinal) && char.IsAsciiLetterUpper(type[0]) && scalars.Contains(type));
        return isScalar && field.Groups["wrap"].Length == 0 && field.Groups["omit"].Success ? "drops-zero" : null;
    }

    private static string Lifecycle(string api, string extra)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in GoFiles(api, "zz_generated.prerelease-lifecycle.go"))
        {
            var version = Path.GetFileName(Path.GetDirectoryName(file))!;
            var folder = Path.GetDirectoryName(Path.GetDirectoryName(file))!;
            var register = File.ReadAllText(Path.Combine(folder, version, "register.go"));
            var group = GroupPattern().Match(register).Groups[1].Value;
            var apiVersion = group.Length == 0 ? version : $"{group}/{version}";
            var kinds = new SortedDictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
            foreach (Match method in LifecyclePattern().Matches(File.ReadAllText(file)))
            {
                var kind = method.Groups["kind"].Value;
                if (kind.EndsWith("List", StringComparison.Ordinal))
                    continue;
                if (!kinds.TryGetValue(kind, out var values))
                    kinds[kind] = values = new Dictionary<string, string>(StringComparer.Ordinal);
                values[method.Groups["what"].Value] = method.Groups["major"].Success
                    ? $"{method.Groups["major"].Value}.{method.Groups["minor"].Value}"
                    : $"{method.Groups["group"].Value}/{method.Groups["version"].Value}".TrimStart('/');
            }

            foreach (var (kind, values) in kinds)
            {
                if (values.ContainsKey("Removed") || values.ContainsKey("Deprecated"))
                    rows[$"{apiVersion} {kind}"] = $"{apiVersion} {kind} {values.GetValueOrDefault("Deprecated", "-")} "
                        + $"{values.GetValueOrDefault("Removed", "-")} {values.GetValueOrDefault("Replacement", "-")}";
            }
        }

        var text = new StringBuilder();
        text.Append(
            "# apiVersion, kind, the release that deprecated it, the release that no longer serves it, and the successor's apiVersion.\n");
        text.Append("# From the lifecycle methods of k8s.io/api and, for what it no longer holds, Generator/facts/lifecycle-extra.txt.\n");
        text.Append("# Made by \"Generator facts --api DIR\"; do not edit.\n");
        foreach (var line in File.ReadLines(extra))
        {
            if (line.Length > 0 && line[0] != '#')
                rows.TryAdd(string.Join(' ', line.Split(' ')[..2]), line);
        }

        foreach (var row in rows.Values)
            text.Append(row).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string> GoFiles(string api, string name) =>
        Directory.GetFiles(api, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^type (\w+) struct \{")]
    private static partial Regex StructPattern();

    [GeneratedRegex(@"^type (\w+) (?:string|bool|int32|int64)$")]
    private static partial Regex ScalarPattern();

    [GeneratedRegex(@"^\s+\w+\s+(?<wrap>(?:\*|map\[\w+\]|\[\])*)(?<type>[\w.]+)\s+`json:""(?<json>\w+)(?<omit>,omitempty)?")]
    private static partial Regex FieldPattern();

    [GeneratedRegex("const GroupName = \"([^\"]*)\"")]
    private static partial Regex GroupPattern();

    [GeneratedRegex("""
        func \(in \*(?<kind>\w+)\) APILifecycle(?<what>\w+)\(\) [^{]*\{\s*return (?:(?<major>\d+), (?<minor>\d+)|schema\.GroupVersionKind\{Group: "(?<group>[^"]*)", Version: "(?<version>[^"]*)", Kind: "(?<rkind>[^"]*)"\})
        """)]
    private static partial Regex LifecyclePattern();
}
