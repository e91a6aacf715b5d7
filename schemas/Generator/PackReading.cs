using System.Globalization;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Schemas.Generator;

/// <summary>Reads a written pack back, so that some of its types can be made again.</summary>
internal static class PackReading
{
    /// <summary>A pack with the types of another in the place of its own.</summary>
    public static string Merge(string pack, string changes, string source, string version)
    {
        var writer = new PackWriter(source, version, TerraformProvider.MadeFrom);
        foreach (var text in (string[])[pack, changes])
            Read(text, writer.Add);
        return writer.Write();
    }

    /// <summary>A pack in which something is changed.</summary>
    public static string Change(string pack, Action<string, PackBody> change)
    {
        var head = pack.Split('\n').First(l => l.StartsWith("@provider ", StringComparison.Ordinal)).Split(' ');
        var writer = new PackWriter(head[1], head[2], TerraformProvider.MadeFrom);
        Read(pack, (section, version, body) =>
        {
            change(section, body);
            writer.Add(section, version, body);
        });
        return writer.Write();
    }

    private static void Read(string text, Action<string, int, PackBody> add)
    {
        var lines = text.Split('\n');
        var heads = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('['))
                heads[lines[i][1..lines[i].IndexOf(']', StringComparison.Ordinal)]] = i;
        }

        foreach (var (name, line) in heads.Where(h => h.Key[0] != '#'))
        {
            var at = line + 1;
            var words = lines[line][(name.Length + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var body = Body(lines, heads, ref at, 0);
            body.TakesZeroForNothing = words.Contains("zero-is-nothing");
            add(name, words.FirstOrDefault(w => char.IsAsciiDigit(w[0])) is { } version ? int.Parse(version, CultureInfo.InvariantCulture)
                : 0,
                body);
        }
    }

    private static PackBody Body(string[] lines, Dictionary<string, int> heads, ref int at, int depth)
    {
        var body = new PackBody();
        while (at < lines.Length && lines[at].Length > depth && lines[at][depth] is not (' ' or '[') && lines[at].AsSpan(0,
            depth).Trim(' ').Length == 0)
        {
            var line = lines[at++][depth..];
            if (line[0] == '~')
            {
                body.Demands.Add(line);
                continue;
            }

            var words = line.Split(' ');
            PackBody? below = null;
            var first = 2;
            if (words[1].StartsWith("block-", StringComparison.Ordinal) || words[1].StartsWith("nested-", StringComparison.Ordinal))
            {
                if (words.Length > 2 && words[2].StartsWith('#'))
                {
                    var shared = heads[words[2]] + 1;
                    below = Body(lines, heads, ref shared, 0);
                    first = 3;
                }
                else
                    below = Body(lines, heads, ref at, depth + 1);
            }

            var member = new PackMember(words[0].TrimEnd('!'), words[1], below) { IsRequired = words[0].EndsWith('!') };
            foreach (var word in words.Skip(first))
                member.Mark(word);
            body.Members.Add(member);
        }

        return body;
    }
}
