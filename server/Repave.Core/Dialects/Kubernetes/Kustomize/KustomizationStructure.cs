using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Whether what stands in a kustomization is what kustomize's own types hold.</summary>
internal static class KustomizationStructure
{
    private const int MaxDepth = 20;

    /// <summary>Ends at the first thing that kustomize's decoder refuses.</summary>
    /// <exception cref="KustomizeException">There is one.</exception>
    public static void Check(KustomizeFile file, MapNode map, string structure) => CheckStructure(file, map, structure, structure, 0);

    private static void CheckStructure(KustomizeFile file, MapNode map, string structure, string path, int depth)
    {
        if (KustomizeFacts.Instance.Members(structure) is not { } members || depth > MaxDepth)
            return;
        foreach (var entry in map.AllEntries)
        {
            var name = entry.Name ?? "";
            if (!members.TryGetValue(name, out var type))
            {
                throw file.Wrong($"invalid Kustomization: json: unknown field \"{name}\"", entry.Key).With($"there is no field "
                    + $"'{name}' in {(structure == "Kustomization" ? "a kustomization" : $"'{path.Substring(path.IndexOf('.') + 1)}'")}");
            }

            CheckValue(file, entry.Value.Resolved, type, path + "." + name, depth);
        }
    }

    private static void CheckValue(KustomizeFile file, Node? value, string type, string path, int depth)
    {
        if (value is null or ScalarNode { IsNull: true })
            return;
        type = type.TrimStart('*');
        var kind = value switch
        {
            MapNode => "object",
            ListNode => "array",
            ScalarNode { Kind: ScalarKind.Boolean } => "bool",
            ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } => "number",
            _ => "string",
        };
        if (type.StartsWith("[]", StringComparison.Ordinal))
        {
            Expect("array");
            foreach (var item in ((ListNode)value).ResolvedItems)
                CheckValue(file, item, type.Substring(2), path, depth + 1);
        }
        else if (type.StartsWith("map[string]", StringComparison.Ordinal))
        {
            Expect("object");
            foreach (var entry in ((MapNode)value).AllEntries)
                CheckValue(file, entry.Value.Resolved, type.Substring("map[string]".Length), path, depth + 1);
        }
        else if (KustomizeFacts.Instance.Members(type) is not null)
        {
            Expect("object");
            CheckStructure(file, (MapNode)value, type, path, depth + 1);
        }
        else if (type != "any")
        {
            Expect(type == "bool" ? "bool" : type is "int" or "int64" ? "number" : "string");
        }

        void Expect(string wanted)
        {
            if (kind == wanted)
                return;
            var field = path.Substring(path.IndexOf('.') + 1);
            throw file.Wrong($"invalid Kustomization: json: cannot unmarshal {kind} into Go struct field {path} of type {type}", value)
                .With($"'{field}' must be {Plain(wanted)}, not {Plain(kind)}");
        }
    }

    private static string Plain(string kind) => kind switch
    {
        "object" => "a map",
        "array" => "a list",
        "bool" => "true or false",
        "number" => "a number",
        _ => "text (quote it)",
    };

    private static KustomizeException With(this KustomizeException exception, string summary) =>
        new(exception.Message, exception.File, exception.Span) { Chain = exception.Chain, Summary = summary };
}
