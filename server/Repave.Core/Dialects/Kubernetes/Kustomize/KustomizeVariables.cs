using System.Globalization;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Variables (<c>vars</c>): texts such as <c>$(NAME)</c> that stand for a field of a resource.</summary>
internal sealed class KustomizeVariables
{
    private readonly SortedDictionary<string, (KustomizationFile File, MapNode Entry, string Path)> _all = new(StringComparer.Ordinal);

    /// <summary>Adds those of a kustomization, and marks the resources that they stand for.</summary>
    /// <exception cref="KustomizeException">One is there already, or stands for several.</exception>
    public void Add(KustomizationFile file, KustomizeResources resources)
    {
        foreach (var entry in file.Items("vars"))
        {
            var name = file.TextAt(entry, "name");
            var target = file.At(entry, "objref") as MapNode;
            var type = file.TextAt(target, "apiVersion") is { Length: > 0 } version
                ? KustomizeKindName.Of(version, file.TextAt(target, "kind"))
                : new(file.TextAt(target, "group"), file.TextAt(target, "version"), file.TextAt(target, "kind"));
            if (type.Group.Length == 0)
                type = type with { Group = file.TextAt(target, "group") };
            var id = new KustomizeId(type, file.TextAt(target, "name"), file.TextAt(target, "namespace"));
            var matches = resources.Named(one => id.Namespace.Length > 0 ? id.IsSame(one) : one.Name == id.Name && one.Type == id.Type);
            if (matches.Count > 1)
                throw file.File.Wrong($"found {matches.Count} resId matches for var {name} (unable to disambiguate)", entry);
            if (matches.Count == 1)
                matches[0].Variables.Add(name);
            Add(name, (file, entry, file.TextAt(file.At(entry, "fieldref") as MapNode, "fieldPath") is { Length: > 0 } path ? path
                : "metadata.name"));
        }
    }

    /// <summary>Adds those of an included kustomization.</summary>
    /// <exception cref="KustomizeException">One is there already.</exception>
    public void Add(KustomizeVariables other)
    {
        foreach (var variable in other._all)
            Add(variable.Key, variable.Value);
    }

    /// <summary>Puts the values in.</summary>
    /// <exception cref="KustomizeException">One has none.</exception>
    public void Resolve(KustomizeResources resources, IReadOnlyList<KustomizeSpec> specs, KustomizeContext context)
    {
        if (_all.Count == 0)
            return;
        var values = new Dictionary<string, KustomizeNode>(StringComparer.Ordinal);
        foreach (var variable in _all)
        {
            var (file, entry, path) = variable.Value;
            var holder = resources.All.Find(resource => resource.Variables.Contains(variable.Key));
            if (holder is null)
            {
                if (context.HasUnknown)
                    continue;
                throw file.File.Wrong($"var '{variable.Key}' cannot be mapped to a field in the set of known resources", entry);
            }

            values[variable.Key] = holder.Root.Lookup(Indexes(KustomizePaths.SplitSmart(path, '.')))
                ?? throw file.File.Wrong($"field specified in var '{variable.Key}' not found in corresponding resource", entry);
        }

        foreach (var resource in resources.All)
        {
            foreach (var spec in specs)
                spec.Apply(resource, node => Set(node, values));
        }
    }

    private static List<string> Indexes(List<string> path)
    {
        var found = new List<string>();
        foreach (var part in path)
        {
            var open = part.LastIndexOf('[');
            if (open >= 0 && part.EndsWith(']') && KustomizePaths.IsIndex(part.Substring(open + 1, part.Length - open - 2)))
            {
                if (open > 0)
                    found.Add(part.Substring(0, open));
                found.Add(part.Substring(open + 1, part.Length - open - 2));
            }
            else
            {
                found.Add(part);
            }
        }

        return found;
    }

    private static void Set(KustomizeNode node, Dictionary<string, KustomizeNode> values)
    {
        if (node.IsNull)
            return;
        switch (node.Kind)
        {
            case KustomizeKind.Scalar:
                if (node.IsText)
                    Replace(node, values);
                break;
            case KustomizeKind.Map:
                for (var i = 0; i + 1 < node.Content.Count; i += 2)
                {
                    if (node.Content[i + 1] is { Kind: KustomizeKind.Scalar, IsText: true } value)
                        Replace(value, values);
                }

                break;
            case KustomizeKind.List:
                foreach (var item in node.Content)
                {
                    if (item.Kind != KustomizeKind.Scalar)
                    {
                        throw new KustomizeException("invalid value type expect a string", node.Trace?.File, node.Trace?.At ?? default);
                    }

                    if (item.IsText)
                        Replace(item, values);
                }

                break;
        }
    }

    private static void Replace(KustomizeNode node, Dictionary<string, KustomizeNode> values)
    {
        var text = node.Text;
        var input = text.Text;
        var made = new GoTextBuilder();
        var start = 0;
        for (var at = 0; at < input.Length; at++)
        {
            if (input[at] != '$' || at + 1 >= input.Length)
                continue;
            made.Append(text, start, at - start);
            var next = input[at + 1];
            var close = next == '(' ? input.IndexOf(')', at + 2) : -1;
            if (close >= 0)
            {
                var name = input.Substring(at + 2, close - at - 2);
                var value = values.TryGetValue(name, out var known) && known.Kind == KustomizeKind.Scalar && !known.IsNull ? known : null;
                if (value is not null && at == 0 && close == input.Length - 1)
                {
                    // The whole text keeps the type of what it stands for.
                    node.Text = value.Text;
                    (node.Tag, node.IsQuoted) = (value.Tag.Length == 0 ? KustomizeNode.TextTag : value.Tag, false);
                    return;
                }

                if (value is null)
                    made.Append(text, at, close + 1 - at);
                else
                    made.Append(value.Text);
                at = close;
            }
            else if (next == '$')
            {
                made.Append(text, at, 1);
                at++;
            }
            else
            {
                made.Append(text, at, 2);
                at++;
            }

            start = at + 1;
        }

        made.Append(text, Math.Min(start, input.Length), Math.Max(0, input.Length - start));
        node.Text = made.ToText();
        (node.Tag, node.IsQuoted) = (KustomizeNode.TextTag, false);
    }

    private void Add(string name, (KustomizationFile, MapNode Entry, string) variable)
    {
        if (_all.ContainsKey(name))
            throw variable.Item1.File.Wrong($"var '{name}' already encountered", variable.Entry);
        _all[name] = variable;
    }
}
