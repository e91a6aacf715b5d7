using System.Globalization;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>
/// What is known of one provider: lines of text (see schemas/README.md) of which only the types that a configuration uses are read.
/// </summary>
public sealed class ProviderPack
{
    private const string ProviderLine = "@provider ";
    private const string DataPrefix = "data.";
    private const string ConfigurationSection = "provider";

    /// <summary>The word behind a type whose provider takes false and 0 for nothing written.</summary>
    internal const string ZeroIsNothing = "zero-is-nothing";

    private readonly string _text;
    private readonly Dictionary<string, int> _sections = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, bool IsZeroNothing), SchemaBlock> _bodies = [];
    private readonly Dictionary<string, ResourceSchema> _resources = new(StringComparer.Ordinal);
    private readonly object _lock = new();

    /// <summary>Reads a pack's head and finds where its types begin.</summary>
    /// <exception cref="FormatException">The text is no pack of a provider.</exception>
    public ProviderPack(string text)
    {
        _text = text;
        var head = text.StartsWith(ProviderLine, StringComparison.Ordinal)
            ? 0
            : text.IndexOf("\n" + ProviderLine, StringComparison.Ordinal) + 1;
        if (head == 0 && !text.StartsWith(ProviderLine, StringComparison.Ordinal))
            throw new FormatException("A pack of a provider says its name after '@provider'.");
        var words = text.Substring(head + ProviderLine.Length, EndOfLine(head) - head - ProviderLine.Length).Split(' ');
        if (words.Length != 2)
            throw new FormatException("A pack of a provider says its name and its version after '@provider'.");
        Source = words[0];
        Version = words[1];
        for (var at = text.IndexOf("\n[", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\n[", at + 1, StringComparison.Ordinal))
        {
            var close = text.IndexOf(']', at);
            if (close < 0)
                throw new FormatException("A line of a pack begins with '[' and has no ']'.");
            _sections[text.Substring(at + 2, close - at - 2)] = at + 1;
        }
    }

    /// <summary>The provider's address: <c>registry.terraform.io/hashicorp/aws</c>.</summary>
    public string Source { get; }

    /// <summary>The version that was asked, or read.</summary>
    public string Version { get; }

    /// <summary>Whether the provider was asked which values it takes in any case: then it takes the others only as they are listed. A pack
    /// that marks none was made before that was asked.</summary>
    public bool KnowsCase => _knowsCase ??= _text.IndexOf(" any-case", StringComparison.Ordinal) >= 0;

    private bool? _knowsCase;

    /// <summary>What the provider's own block takes, or null where the pack does not say.</summary>
    public SchemaBlock? Configuration => _sections.ContainsKey(ConfigurationSection) ? Section(ConfigurationSection, false) : null;

    /// <summary>The types of all resources.</summary>
    public IEnumerable<string> ResourceTypes =>
        _sections.Keys.Where(name => name[0] != '#' && name != ConfigurationSection && !name.StartsWith(DataPrefix,
            StringComparison.Ordinal));

    /// <summary>The types of all data sources; none where the pack says nothing of data.</summary>
    public IEnumerable<string> DataTypes => _sections.Keys
        .Where(name => name.StartsWith(DataPrefix, StringComparison.Ordinal))
        .Select(name => name.Substring(DataPrefix.Length));

    /// <summary>A resource type, or null.</summary>
    public ResourceSchema? Resource(string type) => type.Length > 0 && type[0] != '#' && type != ConfigurationSection ? Find(type, false)
        : null;

    /// <summary>A data source, or null.</summary>
    public ResourceSchema? Data(string type) => Find(DataPrefix + type, true);

    private ResourceSchema? Find(string section, bool isData)
    {
        lock (_lock)
        {
            if (_resources.TryGetValue(section, out var known))
                return known;
            if (!_sections.TryGetValue(section, out var line))
                return null;
            var end = EndOfLine(line);
            var close = _text.IndexOf(']', line);
            var words = _text.Substring(close + 1, end - close - 1).Split([' '], StringSplitOptions.RemoveEmptyEntries);
            var isZeroNothing = Array.IndexOf(words, ZeroIsNothing) >= 0;
            var version = words.Length > 0 && words[0] != ZeroIsNothing ? Whole(words[0]) : 0;
            var schema = new ResourceSchema(isData ? section.Substring(DataPrefix.Length) : section, isData, version, () =>
                Section(section, isZeroNothing));
            _resources[section] = schema;
            return schema;
        }
    }

    private SchemaBlock Section(string name, bool isZeroNothing)
    {
        lock (_lock)
        {
            if (_bodies.TryGetValue((name, isZeroNothing), out var known))
                return known;
            var at = EndOfLine(_sections[name]) + 1;
            var block = ReadBlock(ref at, 0, isZeroNothing);
            _bodies[(name, isZeroNothing)] = block;
            return block;
        }
    }

    // Each level of nesting is one more space at the start of its lines.
    private SchemaBlock ReadBlock(ref int at, int depth, bool isZeroNothing)
    {
        var block = new SchemaBlock();
        while (at < _text.Length && Indent(at) == depth && _text[at + depth] != '[')
        {
            var end = EndOfLine(at);
            var words = _text.Substring(at + depth, end - at - depth).Split(' ');
            at = end + 1;
            if (words[0].Length > 0 && words[0][0] == '~')
            {
                block.Demands = [.. block.Demands, FieldDemand.Parse(words)];
                continue;
            }

            block.Add(MemberOf(words, ref at, depth, isZeroNothing));
        }

        return block;
    }

    private SchemaMember MemberOf(string[] words, ref int at, int depth, bool isZeroNothing)
    {
        if (words.Length < 2)
            throw new FormatException($"Not a line of a provider's pack: '{string.Join(" ", words)}'.");
        var isRequired = words[0].EndsWith('!');
        var name = isRequired ? words[0].Substring(0, words[0].Length - 1) : words[0];
        var (nesting, isBlock) = NestingOf(words[1]);
        SchemaMember member;
        if (nesting == SchemaNesting.None)
            member = new SchemaMember(name, SchemaType.Parse(words[1]), nesting, false, null);
        else if (words.Length > 2 && words[2].StartsWith('#'))
        {
            var shared = words[2];
            member = new SchemaMember(name, null, nesting, isBlock, () => Section(shared, isZeroNothing));
        }
        else
        {
            var body = ReadBlock(ref at, depth + 1, isZeroNothing);
            member = new SchemaMember(name, null, nesting, isBlock, () => body);
        }

        member.IsRequired = isRequired;
        member.TakesZeroForNothing = isZeroNothing;
        for (var i = 2; i < words.Length; i++)
            SetAttribute(member, words[i]);
        member.IsOptional = !isRequired && (!member.IsComputed || Array.IndexOf(words, "optional-computed") > 0);
        if (isBlock)
            member.IsRequired = member.MinItems > 0;
        return member;
    }

    private static (SchemaNesting Nesting, bool IsBlock) NestingOf(string word) => word switch
    {
        "block-list" => (SchemaNesting.List, true),
        "block-set" => (SchemaNesting.Set, true),
        "block-map" => (SchemaNesting.Map, true),
        "block-single" => (SchemaNesting.Single, true),
        "block-group" => (SchemaNesting.Group, true),
        "nested-list" => (SchemaNesting.List, false),
        "nested-set" => (SchemaNesting.Set, false),
        "nested-map" => (SchemaNesting.Map, false),
        "nested-single" => (SchemaNesting.Single, false),
        _ => (SchemaNesting.None, false),
    };

    private static void SetAttribute(SchemaMember member, string word)
    {
        var equals = word.IndexOf('=');
        var value = equals < 0 ? "" : word.Substring(equals + 1);
        switch (equals < 0 ? word : word.Substring(0, equals))
        {
            case "computed" or "optional-computed":
                member.IsComputed = true;
                break;
            case "sensitive":
                member.IsSensitive = true;
                break;
            case "any-case":
                member.TakesAnyCase = true;
                break;
            case "write-only":
                member.IsWriteOnly = true;
                break;
            case "deprecated":
                member.IsDeprecated = true;
                break;
            case "replaces":
                member.Update = UpdateEffect.Replaces;
                break;
            case "may-replace":
                member.Update = UpdateEffect.MayReplace;
                break;
            case "renewed":
                member.IsRenewed = true;
                break;
            case "replaces-if":
                member.Update = UpdateEffect.MayReplace;
                member.ReplacesIfFalse = value.StartsWith('!');
                member.ReplacesIf = value.TrimStart('!');
                break;
            case "kept":
                member.IsKept = equals < 0;
                member.KeptValue = equals < 0 ? null : Unescape(value);
                break;
            case "unless-added":
                member.IsAddedInPlace = true;
                break;
            case "unless-removed":
                member.IsRemovedInPlace = true;
                break;
            case "renewed-by":
                member.RenewedBy = value.Split(',');
                break;
            case "renewed-if":
                member.RenewedIf = value.Split(',');
                break;
            case "stored":
                member.Stored = value switch
                {
                    "hash" => StoredForm.Hash,
                    "json" => StoredForm.Json,
                    "ignoring-case" => StoredForm.IgnoringCase,
                    _ => StoredForm.AsWritten,
                };
                break;
            case "min-items":
                member.MinItems = Whole(value);
                break;
            case "max-items":
                member.MaxItems = Whole(value);
                break;
            case "min":
                member.Minimum = double.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "max":
                member.Maximum = double.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "default":
                member.Default = Unescape(value);
                break;
            case "enum":
                member.Enum = Array.ConvertAll(value.Split(','), Unescape);
                break;
            // What a later edition says beyond this is not ours to refuse.
            default:
                break;
        }
    }

    private int Indent(int at)
    {
        var indent = 0;
        while (at + indent < _text.Length && _text[at + indent] == ' ')
            indent++;
        return indent;
    }

    private int EndOfLine(int at)
    {
        var end = _text.IndexOf('\n', at);
        return end < 0 ? _text.Length : end;
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // Spaces, commas and line ends are written as %20 and the like.
    private static string Unescape(string text) => text.IndexOf('%') < 0 ? text : Uri.UnescapeDataString(text);
}
