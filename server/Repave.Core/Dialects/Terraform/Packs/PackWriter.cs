using System.Globalization;
using System.Text;

namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>Writes the pack of a provider. What stands below several blocks alike is written once.</summary>
public sealed class PackWriter
{
    private readonly SortedDictionary<string, (int Version, PackBody Body)> _sections = new(StringComparer.Ordinal);
    private readonly string _source;
    private readonly string _version;
    private readonly string _madeFrom;

    /// <summary>The pack of a provider.</summary>
    /// <param name="source">Its whole address.</param>
    /// <param name="version">Its version, or <c>-</c> where nobody knows it.</param>
    /// <param name="madeFrom">A sentence on how its facts were learnt.</param>
    public PackWriter(string source, string version, string madeFrom)
    {
        _source = source;
        _version = version;
        _madeFrom = madeFrom;
    }

    /// <summary>Adds a resource (<c>aws_instance</c>), a data source (<c>data.aws_ami</c>) or the provider's own block
    /// (<c>provider</c>).</summary>
    public void Add(string section, int version, PackBody body) => _sections[section] = (version, body);

    /// <summary>The text of the pack.</summary>
    public string Write()
    {
        var known = new Dictionary<string, Unique>(StringComparer.Ordinal);
        var roots = new Dictionary<string, Unique>(StringComparer.Ordinal);
        foreach (var section in _sections)
            roots[section.Key] = Intern(section.Value.Body, known);
        var shared = known.Values.Where(unique => unique is { Uses: > 1, IsWorthSharing: true }).OrderBy(unique => unique.Number).ToList();
        var names = new Dictionary<Unique, string>();
        foreach (var unique in shared)
            names[unique] = "#" + names.Count.ToString(CultureInfo.InvariantCulture);

        var text = new StringBuilder();
        text.Append("# Terraform, ").Append(_source).Append(". ").Append(_madeFrom).Append('\n');
        text.Append("@provider ").Append(_source).Append(' ').Append(_version).Append('\n');
        foreach (var section in _sections)
        {
            text.Append('[').Append(section.Key).Append(']');
            if (section.Value.Version > 0)
                text.Append(' ').Append(section.Value.Version.ToString(CultureInfo.InvariantCulture));
            if (section.Value.Body.TakesZeroForNothing)
                text.Append(' ').Append(ProviderPack.ZeroIsNothing);
            text.Append('\n');
            WriteBody(text, roots[section.Key], 0, names);
        }

        foreach (var unique in shared)
        {
            text.Append('[').Append(names[unique]).Append("]\n");
            WriteBody(text, unique, 0, names);
        }

        return text.ToString();
    }

    /// <summary>A word as packs write it: what would end it is written as %20 and the like.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            if (character is ' ' or ',' or '%' or '\n' or '\r' or '\t' or '#')
                escaped.Append('%').Append(((int)character).ToString("X2", CultureInfo.InvariantCulture));
            else
                escaped.Append(character);
        }

        return escaped.ToString();
    }

    private static void WriteBody(StringBuilder text, Unique body, int depth, Dictionary<Unique, string> names)
    {
        foreach (var (line, child) in body.Lines)
        {
            text.Append(' ', depth).Append(line.Head);
            var isShared = child is not null && names.ContainsKey(child);
            if (isShared)
                text.Append(' ').Append(names[child!]);
            text.Append(line.Tail).Append('\n');
            if (child is not null && !isShared)
                WriteBody(text, child, depth + 1, names);
        }
    }

    // Bodies of the same text are one; each counts how often it is pointed at.
    private static Unique Intern(PackBody body, Dictionary<string, Unique> known)
    {
        var lines = new List<((string Head, string Tail) Line, Unique? Child)>();
        var key = new StringBuilder();
        foreach (var member in body.Members.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            var child = member.Body is null ? null : Intern(member.Body, known);
            var head = $"{member.Name}{(member.IsRequired ? "!" : "")} {member.Type}";
            var tail = string.Concat(member.Words.Select(word => " " + word));
            lines.Add(((head, tail), child));
            key.Append(head).Append(tail).Append('\t').Append((child?.Number ?? -1).ToString(CultureInfo.InvariantCulture)).Append('\n');
        }

        foreach (var demand in body.Demands)
        {
            lines.Add(((demand, ""), null));
            key.Append(demand).Append('\n');
        }

        if (!known.TryGetValue(key.ToString(), out var unique))
        {
            unique = new Unique(known.Count, lines, key.Length);
            known[key.ToString()] = unique;
            foreach (var (_, child) in lines)
            {
                if (child is not null)
                    child.Uses++;
            }
        }

        return unique;
    }

    private sealed class Unique(int number, List<((string Head, string Tail) Line, Unique? Child)> lines, int length)
    {
        public int Number { get; } = number;

        public IReadOnlyList<((string Head, string Tail) Line, Unique? Child)> Lines { get; } = lines;

        public int Uses { get; set; }

        public bool IsWorthSharing { get; } = length > 60;
    }
}
