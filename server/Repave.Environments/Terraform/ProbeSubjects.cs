using System.Globalization;
using System.Text.RegularExpressions;

namespace Repave.Environments.Terraform;

/// <summary>Which argument an error of a provider is about. terraform-plugin-sdk lets the paths of siblings share an array, so that a deep
/// path may end with the name of a sibling, another one each time; and it cuts paths at the first set. The text of the error says right:
/// it repeats the value, and mostly the name.</summary>
internal sealed partial class ProbeSubjects
{
    // No bound of a real argument is as large, and every number up to it has a float of its own.
    private const long Far = 1L << 50;

    private readonly IReadOnlyList<ProbeLeaf> _leaves;
    private readonly Dictionary<string, ProbeLeaf> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<ProbeLeaf, int> _numbers = new(ReferenceEqualityComparer.Instance);

    public ProbeSubjects(IReadOnlyList<ProbeLeaf> leaves)
    {
        _leaves = leaves;
        foreach (var leaf in leaves)
        {
            _byName.TryAdd(leaf.Name, leaf);
            _numbers[leaf] = _numbers.Count;
        }
    }

    /// <summary>A value that nothing takes and that no other argument has.</summary>
    /// <param name="leaf">The argument.</param>
    /// <param name="big">Whether a number is to be too large, and not too small.</param>
    public object? NonsenseOf(ProbeLeaf leaf, bool big) => NonsenseOf(leaf.Type, _numbers[leaf], big);

    private static object? NonsenseOf(string type, int number, bool big)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return type switch
            {
                "string" => string.Create(CultureInfo.InvariantCulture, $"§ repave {number} §"),
                "number" => big ? Far + number : -(Far + number),
                "bool" => big,
                _ => null,
            };
        }

        var inner = NonsenseOf(type[(open + 1)..^1], number, big);
        return type[..open] switch
        {
            "list" or "set" when inner is not null => new List<object?> { inner },
            "map" when inner is not null => new Dictionary<string, object?>(StringComparer.Ordinal) { ["k"] = inner },
            "list" or "set" => new List<object?>(),
            "map" => new Dictionary<string, object?>(StringComparer.Ordinal),
            _ => null,
        };
    }

    /// <summary>The argument whose nonsense an error repeats, or which its text or a path that can be trusted names; null where nothing
    /// says it for certain.</summary>
    public ProbeLeaf? Of(ProviderDiagnostic diagnostic)
    {
        var text = diagnostic.Text;
        if (Text().Match(text) is { Success: true } written)
            return Numbered(long.Parse(written.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        if (Number().Match(text) is { Success: true } number)
            return Numbered(long.Parse(number.ValueSpan, CultureInfo.InvariantCulture) - Far);
        return Named(diagnostic, text);
    }

    /// <summary>The argument of a name (<c>block.argument</c>).</summary>
    public ProbeLeaf? Named(string name) => _byName.GetValueOrDefault(name);

    private ProbeLeaf? Numbered(long number) => number >= 0 && number < _leaves.Count ? _leaves[(int)number] : null;

    private ProbeLeaf? Named(ProviderDiagnostic diagnostic, string text)
    {
        var safe = SafeLength(diagnostic.Path.Count);
        var isSafe = safe >= diagnostic.Path.Count - (diagnostic.Path.Count > 0 && diagnostic.Path[^1] is string ? 0 : 1);
        var exact = Named(NameOf(diagnostic.Path));
        // terraform-plugin-framework, whose paths are right, begins so.
        if (exact is not null && (isSafe || diagnostic.Detail.StartsWith("Attribute ", StringComparison.Ordinal)))
            return exact;
        foreach (Match key in FlatKey().Matches(text))
        {
            if (_byName.TryGetValue(NameOf([.. key.Value.Split('.').Where(part => !char.IsAsciiDigit(part[0]))]), out var flat))
                return flat;
        }

        // The first name is that of the argument; others are values.
        if (QuotedName().Match(text) is not { Success: true } name)
            return null;
        var last = name.Groups[1].Success ? name.Groups[1].Value : name.Groups[2].Value;
        if (exact?.Member.Name == last)
            return exact;
        var holder = NameOf([.. diagnostic.Path.Take(safe)]);
        var found = _leaves.Where(l => l.Member.Name == last && (holder.Length == 0 || l.Name.StartsWith(holder + ".",
            StringComparison.Ordinal))).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    // How many steps of a path its siblings cannot have written over: an array that grows doubles, and is copied each time.
    private static int SafeLength(int length)
    {
        if (length < 2)
            return length;
        var capacity = 1;
        while (capacity * 2 < length)
            capacity *= 2;
        return capacity + 1;
    }

    /// <summary>The names of a path alone: the places of items and the keys of maps are ours.</summary>
    public static string NameOf(IReadOnlyList<object> path)
    {
        var names = path.OfType<string>().ToList();
        return string.Join('.', names.Where((name, i) => i == 0 || name != "k"));
    }

    [GeneratedRegex("§ repave ([0-9]+) §")]
    private static partial Regex Text();

    // 2^50 and the number of the argument.
    [GeneratedRegex("11258999068[0-9]{5}")]
    private static partial Regex Number();

    [GeneratedRegex(@"[a-z0-9_]+(?:\.[0-9]+\.[a-z0-9_]+)+")]
    private static partial Regex FlatKey();

    // expected x to be …, expected length of x to be …, "x" must …
    [GeneratedRegex("""expected (?:length of |type of )?"?([a-z0-9_]+)"? to |["`]([a-z0-9_]+)["`]""")]
    private static partial Regex QuotedName();
}
