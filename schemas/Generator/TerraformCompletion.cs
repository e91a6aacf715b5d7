using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Schemas.Generator;

/// <summary>
/// Completes the pack of a provider that was asked here with facts that others learnt of the same version in the same way: some types
/// answer only where their platform can be reached, or break over what they are asked.
/// </summary>
internal static class TerraformCompletion
{
    /// <summary>The words that are taken over.</summary>
    private static readonly string[] Words = ["replaces", "may-replace"];

    /// <summary>Marks what the facts call replacing and the pack says nothing of.</summary>
    /// <param name="file">The pack.</param>
    /// <param name="facts">The facts.</param>
    public static void Write(string file, string facts)
    {
        var known = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? type = null;
        var path = new List<string>();
        foreach (var line in File.ReadLines(facts))
        {
            if (line.StartsWith('['))
            {
                type = known[line[1..line.IndexOf(']', StringComparison.Ordinal)]] = new Dictionary<string, string>(StringComparer.Ordinal);
                continue;
            }

            var depth = line.Length - line.TrimStart(' ').Length;
            var words = line.Trim().Split(' ');
            path.RemoveRange(Math.Min(depth, path.Count), Math.Max(0, path.Count - depth));
            path.Add(words[0].TrimEnd('!'));
            if (type is not null && words.Skip(2).FirstOrDefault(w => Words.Contains(w)) is { } word)
                type[string.Join('.', path)] = word;
        }

        File.WriteAllText(file, PackReading.Change(File.ReadAllText(file), (section, body) =>
        {
            if (known.TryGetValue(section, out var marks))
                Mark(body, "", marks);
        }));
    }

    private static void Mark(PackBody body, string prefix, Dictionary<string, string> marks)
    {
        foreach (var member in body.Members)
        {
            var path = prefix + member.Name;
            if (marks.TryGetValue(path, out var word) && !member.Words.Any(w => w.Contains("replace", StringComparison.Ordinal)))
                member.Mark(word);
            if (member.Body is not null)
                Mark(member.Body, path + ".", marks);
        }
    }
}
