using System.Globalization;
using System.Text;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Environments.Terraform;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>A resource's text before and after one argument is changed, added or taken away.</summary>
/// <param name="Type">The resource's type.</param>
/// <param name="Argument">The argument, with the blocks that it stands in.</param>
/// <param name="Kind">What happens to it.</param>
/// <param name="Old">What stands in its block before.</param>
/// <param name="New">What stands in its block after.</param>
internal sealed record ResourceEdit(string Type, string Argument, string Kind, string Old, string New);

/// <summary>Writes texts of resources that their provider takes.</summary>
internal sealed class ResourceTexts(ProviderClient client, ResourceSchema schema)
{
    private const int MaxDepth = 4;
    private const int MaxRounds = 40;

    private readonly Dictionary<string, int> _pairs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _needed = new(StringComparer.Ordinal);

    /// <summary>Edits of single arguments that the provider takes before and after.</summary>
    public IEnumerable<ResourceEdit> Edits(Random random, int count)
    {
        foreach (var demand in schema.Body.Demands.Where(d => d.Field is null))
        {
            if (!demand.Fields.Any(_needed.Contains))
                _needed.Add(demand.Fields[0]);
        }

        if (Valid([], [], null) is null)
            yield break;
        var arguments = Arguments(schema.Body, "", 0).ToList();
        for (var i = arguments.Count - 1; i > 0; i--)
        {
            var place = random.Next(i + 1);
            (arguments[i], arguments[place]) = (arguments[place], arguments[i]);
        }

        foreach (var (path, member) in arguments)
        {
            if (count == 0)
                yield break;
            if (Valid([path], [], path) is null)
                continue;
            var kind = member.IsRequired || _needed.Contains(path) ? "changed"
                : random.Next(5) switch { 0 => "added", 1 => "removed", _ => "changed" };
            if ((kind == "changed" ? Valid([path], [path], path) : Valid([], [], null)) is null)
                continue;
            var with = Text(Build(schema.Body, "", [path], [], 0), schema.Body, 1);
            var other = kind == "changed" ? Text(Build(schema.Body, "", [path], [path], 0), schema.Body, 1)
                : Text(Build(schema.Body, "", [], [], 0), schema.Body, 1);
            if (with == other)
                continue;
            count--;
            yield return new ResourceEdit(schema.Type, path, kind, kind == "added" ? other : with, kind == "added" ? with : other);
        }
    }

    private static IEnumerable<(string Path, SchemaMember Member)> Arguments(SchemaBlock body, string prefix, int depth)
    {
        foreach (var member in body.Members)
        {
            var path = prefix + member.Name;
            if (member.IsReadOnly || member.IsWriteOnly || path is "timeouts" or "id" or "tags_all")
                continue;
            if (member.Body is not { } inner)
                yield return (path, member);
            else if (depth < 2)
            {
                foreach (var found in Arguments(inner, path + ".", depth + 1))
                    yield return found;
            }
        }
    }

    // The text with values that the provider takes; null where it takes none.
    private object? Valid(HashSet<string> included, HashSet<string> seconds, string? under)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            IReadOnlyList<ProviderDiagnostic> said;
            try
            {
                said = [.. client.Validate(schema.Type, Build(schema.Body, "", included, seconds, 0)).Where(d => d.IsError)];
            }
            catch (ProviderException)
            {
                return null;
            }

            if (said.Count == 0)
                return Build(schema.Body, "", included, seconds, 0);
            var blamed = said.Select(d => string.Join('.', d.Path.OfType<string>())).Where(p => p.Length > 0).Distinct().ToList();
            var moved = false;
            foreach (var path in blamed)
            {
                // The common values of what all edits share stay as they are once they fit.
                if (under is not null && path != under && _pairs.ContainsKey(path)
                    && !path.StartsWith(ParentOf(under), StringComparison.Ordinal))
                    continue;
                if (schema.Body.At(path.Split('.')) is { Body: null } member
                    && SampleValues.Of(member.Name, member, member.Type, _pairs.GetValueOrDefault(path) + 1, true) is not null)
                {
                    _pairs[path] = _pairs.GetValueOrDefault(path) + 1;
                    moved = true;
                }
            }

            if (!moved)
                return null;
        }

        return null;
    }

    private static string ParentOf(string path) => path.LastIndexOf('.') is var at and >= 0 ? path[..(at + 1)] : path;

    private Dictionary<string, object?> Build(SchemaBlock body, string prefix, HashSet<string> included, HashSet<string> seconds, int depth)
    {
        var config = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in body.Members)
        {
            var path = prefix + member.Name;
            var isThere = !member.IsReadOnly && (member.IsRequired || member.MinItems > 0 || _needed.Contains(path)
                || included.Any(i => i == path || i.StartsWith(path + ".", StringComparison.Ordinal))) && depth < MaxDepth;
            if (member.Body is { } inner)
            {
                var items = Enumerable.Range(0, isThere ? Math.Max(1, Math.Min(member.MinItems, 3)) : 0)
                    .Select(_ => (object?)Build(inner, path + ".", included, seconds, depth + 1)).ToList();
                config[member.Name] = member.Nesting switch
                {
                    SchemaNesting.List or SchemaNesting.Set => isThere || member.IsBlock ? items : null,
                    SchemaNesting.Map => isThere || member.IsBlock
                        ? items.Take(1).ToDictionary(_ => "key", item => item, StringComparer.Ordinal) : null,
                    _ => items.FirstOrDefault(),
                };
            }
            else
            {
                config[member.Name] = isThere ? SampleValues.Of(member.Name, member, member.Type, _pairs.GetValueOrDefault(path),
                    seconds.Contains(path)) : null;
            }
        }

        return config;
    }

    private static string Text(Dictionary<string, object?> config, SchemaBlock body, int depth)
    {
        var text = new StringBuilder();
        var indent = new string(' ', depth * 2);
        foreach (var member in body.Members)
        {
            var value = config[member.Name];
            if (value is null)
                continue;
            if (!member.IsBlock || member.Body is null)
            {
                text.Append(indent).Append(member.Name).Append(" = ").Append(Value(value)).Append('\n');
                continue;
            }

            var items = value is List<object?> list ? list : [value];
            foreach (var item in items.OfType<Dictionary<string, object?>>())
                text.Append(indent).Append(member.Name).Append(" {\n").Append(Text(item, member.Body, depth + 1)).Append(
                    indent).Append("}\n");
        }

        return text.ToString();
    }

    private static string Value(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        string text => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
        List<object?> items => "[" + string.Join(", ", items.OfType<object>().Select(Value)) + "]",
        Dictionary<string, object?> entries => "{ " + string.Join(", ", entries.Where(e => e.Value is not null)
            .Select(e => $"{e.Key} = {Value(e.Value!)}")) + " }",
        _ => throw new InvalidOperationException($"No value of a configuration: {value.GetType()}."),
    };
}
