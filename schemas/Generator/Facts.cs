namespace Repave.Schemas.Generator;

/// <summary>The facts that the npm models lack, from facts/*.facts: by type (<c>core.v1.Container</c>) and field the attributes that
/// the pack's line gets (<c>quantity</c> or <c>bytes</c> replaces the model's type).</summary>
internal sealed class Facts
{
    private readonly Dictionary<string, Dictionary<string, List<string>>> _types = new(StringComparer.Ordinal);

    public static Facts Read(string folder)
    {
        var facts = new Facts();
        foreach (var file in Directory.GetFiles(folder, "*.facts").Order(StringComparer.Ordinal))
        {
            Dictionary<string, List<string>>? fields = null;
            foreach (var line in File.ReadLines(file))
            {
                if (line.Length == 0 || line[0] == '#')
                    continue;
                var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (line[0] == '[')
                {
                    var type = line.Trim('[', ']');
                    if (!facts._types.TryGetValue(type, out fields))
                        facts._types[type] = fields = new Dictionary<string, List<string>>(StringComparer.Ordinal);
                    continue;
                }

                if (fields is null)
                    throw new InvalidDataException($"{file}: a field stands before the first type.");
                if (!fields.TryGetValue(parts[0], out var attributes))
                    fields[parts[0]] = attributes = [];
                attributes.AddRange(parts.Skip(1));
            }
        }

        return facts;
    }

    /// <summary>The facts of a model, found by version and name, and by group where several groups share both.</summary>
    public IReadOnlyDictionary<string, List<string>> For(string model)
    {
        var at = 0;
        while (at < model.Length && !(model[at] == 'V' && at + 1 < model.Length && char.IsAsciiDigit(model[at + 1])))
            at++;
        if (at >= model.Length)
            return new Dictionary<string, List<string>>();
        var group = model[..at];
        var end = at + 1;
        while (end < model.Length && (char.IsAsciiDigit(model[end]) || char.IsAsciiLetterLower(model[end])))
            end++;
        var suffix = $".{model[at..end].ToLowerInvariant()}.{model[end..]}";
        var matches = _types.Where(t => t.Key.EndsWith(suffix, StringComparison.Ordinal)
            && (group.Length == 0 || t.Key.StartsWith(group + ".", StringComparison.OrdinalIgnoreCase))).ToList();
        return matches.Count == 1 ? matches[0].Value : new Dictionary<string, List<string>>();
    }
}
