using Repave.Core.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Repave.Core.Syntax.Yaml;

/// <summary>Builds a document's tree from YamlDotNet's events. What YamlDotNet refuses becomes an error, and everything read up to
/// there stays.</summary>
internal sealed class YamlDocumentParser
{
    private readonly string _text;
    private readonly List<SyntaxIssue> _errors = [];
    private readonly List<ScalarNode> _scalars = [];
    private readonly List<Frame> _open = [];
    private readonly Dictionary<string, Node> _anchors = new(StringComparer.Ordinal);
    private readonly List<AliasNode> _aliases = [];
    private Node? _root;
    private (string Message, long At)? _failure;
    private int _openBracket = -1;
    private int _depth;

    private readonly AdaptedText _adapted;

    private YamlDocumentParser(string text, AdaptedText adapted) => (_text, _adapted) = (text, adapted);

    public static YamlDocument Parse(string text)
    {
        var parser = Run(text);
        return new YamlDocument(text, parser.Tree, parser._errors);
    }

    public static SyntaxTree ParseTree(string text) => Run(text).Tree;

    /// <summary>The tree of some lines of a document; null where something is wrong with them, or they say less without the rest.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="depth">In how many collections they stand.</param>
    public static SyntaxTree? ParsePart(string text, int depth)
    {
        // Where the absent value of a key with a question mark stands, what follows it decides.
        if (text.IndexOf("? ", StringComparison.Ordinal) >= 0 || text.IndexOf("?\n", StringComparison.Ordinal) >= 0
            || text.IndexOf("?\r", StringComparison.Ordinal) >= 0)
            return null;
        var parser = new YamlDocumentParser(text, AdaptedText.Of(text)) { _depth = depth };
        parser.Read();
        return parser._errors.Count == 0 && parser.Tree is { IsReadableInParts: true } tree ? tree : null;
    }

    // Directives hold for all of a document; a text that was adapted was adapted as a whole.
    private SyntaxTree Tree => new(_root, _scalars)
    {
        IsReadableInParts = _failure is null && _anchors.Count == 0 && _aliases.Count == 0 && ReferenceEquals(_adapted.Text, _text)
            && (_text.Length == 0 || _text[0] != '%') && _text.IndexOf("\n%", StringComparison.Ordinal) < 0,
    };

    // How often a text is adapted to what YamlDotNet refuses; each time it is read again. A long text from a generator has the same
    // many times, so that it is the characters read that are bounded, and with them the time.
    private const int MaxAdaptations = 8;
    private const long MaxAdaptedCharacters = 8_000_000;

    private static YamlDocumentParser Run(string text)
    {
        var parser = new YamlDocumentParser(text, AdaptedText.Of(text));
        parser.Read();
        var first = parser;
        for (var tries = 0; parser._failure is { } failure
            && (tries < MaxAdaptations || (long)tries * text.Length < MaxAdaptedCharacters); tries++)
        {
            if (parser._adapted.For(failure.Message, (int)Math.Min(failure.At, int.MaxValue), parser._openBracket) is not { } adapted)
                break;
            parser = new YamlDocumentParser(text, adapted);
            parser.Read();
        }

        if (parser._failure is null || IsTemplate(text))
            return parser;
        // The lines of a quote that nobody closed are not its lines, which may have been joined.
        return parser != first && Recover(text, first) is { _failure: null } whole ? whole : Recover(text, parser);
    }

    // How often a text that cannot be read is changed and read again, and how many characters that may come to.
    private const int MaxRepairs = 60;
    private const long MaxRepairedCharacters = 1_500_000;
    private const int MaxBrokenLines = 4;

    // A change that takes reading this far beyond where it stopped is taken without looking for a better one.
    private const int FarBeyond = 2_000;

    // What programs fill in is no half-typed text, and what its lines would be without them is anybody's guess.
    private static bool IsTemplate(string text)
    {
        if (text.IndexOf("{%", StringComparison.Ordinal) >= 0)
            return true;
        // Inside a value the braces are text, which the platform may fill in later ("{{resolve:ssm:name}}", "{{workflow.name}}").
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at + 2, StringComparison.Ordinal))
        {
            var before = at;
            while (before > 0 && text[before - 1] is ' ' or '\t')
                before--;
            if (before == 0 || text[before - 1] is '\n' || (before < at && text[before - 1] is ':' or '-'))
                return true;
        }

        return false;
    }

    // Leaves out what is broken, such that what stands before and behind it is read. What was wrong at first is what is said.
    private static YamlDocumentParser Recover(string text, YamlDocumentParser failed)
    {
        var best = failed;
        YamlRepair? said = null;
        long read = 0;
        var tries = 0;
        for (var broken = 0; broken < MaxBrokenLines && best._failure is { } failure; broken++)
        {
            YamlDocumentParser? next = null;
            // Of some failures only what is said of them tells the place.
            var at = broken == 0 ? Math.Max(failure.At, failed._errors.Max(issue => issue.Span.Start)) : failure.At;
            foreach (var repair in YamlRecovery.Of(best._adapted, (int)Math.Min(at, best._adapted.Text.Length)))
            {
                if (tries++ >= MaxRepairs || (read += text.Length) > MaxRepairedCharacters)
                    break;
                var parser = new YamlDocumentParser(text, repair.Text);
                parser.Read();
                if (parser.Reached <= (next ?? best).Reached)
                    continue;
                next = parser;
                if (broken == 0)
                    said = repair;
                if (parser._failure is null || parser.Reached > best.Reached + FarBeyond)
                    break;
            }

            if (next is null)
                break;
            best = next;
        }

        if (best == failed)
            return failed;
        // The tree is of the text as it was changed; what is said is what is wrong with the text as it is.
        best._errors.RemoveAll(issue => issue.Kind == SyntaxIssueKind.Syntax);
        best._errors.AddRange(said?.Message is { } message
            ? [new SyntaxIssue(SyntaxIssueKind.Syntax, failed.Written(said.At), message)]
            : failed._errors.Where(issue => issue.Kind == SyntaxIssueKind.Syntax));
        best._errors.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return best;
    }

    private long Reached => _failure is { } failure ? _adapted.OffsetOf(failure.At) : long.MaxValue;

    private TextSpan Written(TextSpan span) => new(Clamp(span.Start), Clamp(span.End));

    private void Read()
    {
        try
        {
            var parser = new Parser(new Scanner(new StringReader(_adapted.Text), skipComments: true));
            while (parser.MoveNext())
            {
                if (!Take(parser.Current!))
                    break;
            }
        }
        catch (YamlException exception)
        {
            _failure = (exception.Message, exception.Start.Index);
            _openBracket = _open.Find(frame => IsFlow(frame.Node))?.Node.Span.Start ?? -1;
            AddSyntaxError(exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException
            or IndexOutOfRangeException or OverflowException or NullReferenceException)
        {
            // YamlDotNet lets some input (lone surrogate escapes, odd directives, texts in brackets that begin too far to the left) escape
            // as other exceptions.
            _failure = ("", 0);
            _openBracket = _open.Find(frame => IsFlow(frame.Node))?.Node.Span.Start ?? -1;
            _errors.Add(
                UnfinishedFlow() ?? new SyntaxIssue(SyntaxIssueKind.Syntax, LastReadSpan(), "This is not valid YAML from here on."));
        }

        var end = _errors.Count > 0 ? Math.Max(_errors[_errors.Count - 1].Span.Start, 0) : _text.Length;
        while (_open.Count > 0)
            Close(end);
        CheckExpansion();
        if (_errors.Count > 1)
            _errors.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
    }

    private bool Take(ParsingEvent current)
    {
        switch (current)
        {
            case Scalar scalar:
                var node = new ScalarNode(ScalarSpan(scalar), scalar.Value, StyleOf(scalar.Style), YamlScalarReading.Instance);
                Describe(node, scalar.Tag, scalar.Anchor);
                _scalars.Add(node);
                Attach(node);
                return true;
            case MappingStart mapping:
                return Open(new MapNode(SpanOf(mapping), mapping.Style == MappingStyle.Flow ? NodeStyle.Flow : NodeStyle.Plain),
                    mapping.Tag, mapping.Anchor);
            case SequenceStart sequence:
                return Open(new ListNode(SpanOf(sequence), sequence.Style == SequenceStyle.Flow ? NodeStyle.Flow : NodeStyle.Plain),
                    sequence.Tag, sequence.Anchor);
            case MappingEnd or SequenceEnd:
                var end = Clamp(current.End.Index);
                // YamlDotNet's end events of flow collections stand before the closing bracket.
                if (current.End.Index == current.Start.Index && end < _text.Length && (_text[end] is ']' or '}'))
                    end++;
                Close(end);
                return true;
            case AnchorAlias alias:
                AddAlias(alias);
                return true;
            default:
                return true;
        }
    }

    private void AddAlias(AnchorAlias alias)
    {
        var name = alias.Value.Value;
        var span = SpanOf(alias);
        if (!_anchors.TryGetValue(name, out var target))
        {
            _errors.Add(new SyntaxIssue(SyntaxIssueKind.Syntax, span, "No anchor of this name stands before this alias."));
        }
        else if (_open.Exists(frame => frame.Node == target))
        {
            _errors.Add(new SyntaxIssue(SyntaxIssueKind.Bound, span, "The alias contains itself."));
            target = null;
        }

        var node = new AliasNode(span, name, target);
        _aliases.Add(node);
        Attach(node);
    }

    private bool Open(Node node, TagName tag, AnchorName anchor)
    {
        if (_depth + _open.Count >= SyntaxLimits.Depth)
        {
            _errors.Add(new SyntaxIssue(
                SyntaxIssueKind.Bound,
                node.Span,
                $"Collections nest deeper than {SyntaxLimits.Depth} levels here; the rest of the document was not read."));
            return false;
        }

        Describe(node, tag, anchor);
        _open.Add(new Frame(node));
        return true;
    }

    private void Close(int eventEnd)
    {
        var frame = _open[_open.Count - 1];
        _open.RemoveAt(_open.Count - 1);
        if (frame.Key is { } key)
        {
            var end = Math.Max(key.Span.End, 0);
            var absent = new ScalarNode(new TextSpan(end, end), "", NodeStyle.Plain, YamlScalarReading.Instance);
            _scalars.Add(absent);
            frame.Add(key, absent, this);
        }

        var node = frame.Node;
        var isFlow = IsFlow(node);
        // A block collection's end event stands at the next token; its text ends with its last child.
        // A pair that stands in a list without braces of its own has no place in YamlDotNet's events; it is what it holds.
        var isPair = isFlow && _open.Count > 0 && node.Span.Start < _open[_open.Count - 1].Node.Span.Start;
        var last = Math.Max(isPair ? 0 : isFlow ? eventEnd : node.Span.Start, frame.LastEnd);
        var start = isPair ? frame.FirstStart ?? last : SkipProperties(node.Span.Start, frame.FirstStart ?? node.Span.End);
        node.Span = new TextSpan(Math.Min(start, last), last);
        Attach(node);
    }

    private void Attach(Node node)
    {
        if (_open.Count == 0)
        {
            _root ??= node;
            return;
        }

        var frame = _open[_open.Count - 1];
        frame.FirstStart ??= node.Span.Start;
        frame.LastEnd = Math.Max(frame.LastEnd, node.Span.End);
        switch (frame.Node)
        {
            case ListNode sequence:
                sequence.Add(node);
                break;
            case MapNode when frame.Key is null:
                frame.Key = node;
                break;
            default:
                frame.Add(frame.Key!, node, this);
                frame.Key = null;
                break;
        }
    }

    private void Describe(Node node, TagName tag, AnchorName anchor)
    {
        // The non-specific tag of quoted scalars says nothing that the style does not.
        if (!tag.IsEmpty && !tag.IsNonSpecific)
            node.Tag = tag.Value;
        else if (!tag.IsEmpty && node is ScalarNode { Style: NodeStyle.Plain })
            node.Tag = "!";
        if (!anchor.IsEmpty)
        {
            node.Anchor = anchor.Value;
            _anchors[anchor.Value] = node;
        }
    }

    // Aliases multiply: each level may stand for all of the level before. The size with every alias replaced is counted
    // without replacing any.
    private void CheckExpansion()
    {
        if (_aliases.Count == 0 || _root is null)
            return;
        var sizes = new Dictionary<Node, long>();
        var total = Size(_root, sizes);
        if (total <= SyntaxLimits.ExpandedNodes)
            return;
        foreach (var alias in _aliases)
            alias.Target = null;
        _errors.Add(new SyntaxIssue(
            SyntaxIssueKind.Bound,
            _aliases[0].Span,
            $"With its aliases replaced by what they stand for, this document has more than {SyntaxLimits.ExpandedNodes:N0} nodes; "
                + "aliases are not followed."));
    }

    private static long Size(Node node, Dictionary<Node, long> sizes)
    {
        if (node is ScalarNode)
            return 1;
        if (node is AliasNode alias)
            return alias.Target is null ? 1 : sizes.TryGetValue(alias.Target, out var known) ? known : 1;
        long size = 1;
        if (node is MapNode mapping)
        {
            foreach (var entry in mapping.Entries)
                size += Size(entry.Key, sizes) + Size(entry.Value, sizes);
        }
        else if (node is ListNode sequence)
        {
            foreach (var item in sequence.Items)
                size += Size(item, sizes);
        }

        size = Math.Min(size, int.MaxValue);
        if (node.Anchor is not null)
            sizes[node] = size;
        return size;
    }

    private void AddSyntaxError(YamlException exception)
    {
        if (exception.Message.IndexOf("tab ", StringComparison.Ordinal) >= 0 && IndentingTab() is { } tab)
        {
            _errors.Add(new SyntaxIssue(SyntaxIssueKind.Syntax, tab, YamlErrorMessages.Tab));
            return;
        }

        var start = Clamp(exception.Start.Index);
        var end = Math.Max(start, Clamp(exception.End.Index));
        if (end == start && end < _text.Length && _text[end] is not ('\r' or '\n'))
            end++;
        // What is missing at the end of the text is missing where the bracket opened.
        if (start >= _text.TrimEnd().Length && UnfinishedFlow() is { } unfinished)
        {
            _errors.Add(unfinished);
            return;
        }

        _errors.Add(new SyntaxIssue(SyntaxIssueKind.Syntax, new TextSpan(start, end), YamlErrorMessages.For(exception, _text, start)));
    }

    // YamlDotNet names the collection that the tab stands in; the tab is the first behind what it has read.
    private TextSpan? IndentingTab()
    {
        var line = _text.IndexOf('\n', LastReadSpan().Start) + 1;
        // In a block scalar a tab behind its indentation is text.
        var indentation = line > 0 ? BlockScalarText.IndentationBelow(_text, line) : 0;
        while (line > 0 && line < _text.Length)
        {
            var at = line;
            while (at < _text.Length && _text[at] == ' ')
                at++;
            var end = at;
            while (end < _text.Length && _text[end] == '\t')
                end++;
            if (end > at && (indentation == 0 || at - line < indentation))
                return new TextSpan(at, end);
            line = _text.IndexOf('\n', at) + 1;
        }

        return null;
    }

    private SyntaxIssue? UnfinishedFlow()
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (IsFlow(_open[i].Node))
            {
                var start = _open[i].Node.Span.Start;
                return new SyntaxIssue(SyntaxIssueKind.Syntax, new TextSpan(start, Math.Min(start + 1, _text.Length)),
                    "The bracket that opens here is not closed, or a comma is missing inside it.");
            }
        }

        return null;
    }

    private static bool IsFlow(Node node) => node is MapNode { Style: NodeStyle.Flow } or ListNode { Style: NodeStyle.Flow };

    private TextSpan LastReadSpan()
    {
        var end = _scalars.Count > 0 ? _scalars[_scalars.Count - 1].Span.End : 0;
        return new TextSpan(end, Math.Min(end + 1, _text.Length));
    }

    private int Clamp(long index) => (int)Math.Max(0, Math.Min(_adapted.OffsetOf(index), _text.Length));

    private TextSpan SpanOf(ParsingEvent current) =>
        new(Clamp(current.Start.Index), Math.Max(Clamp(current.Start.Index), Clamp(current.End.Index)));

    private TextSpan ScalarSpan(Scalar scalar)
    {
        var start = Clamp(scalar.Start.Index);
        var end = Clamp(scalar.End.Index);
        // Block scalars end at the next token's line; their own text ends with their last line break at most.
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            while (end > start && _text[end - 1] is (' ' or '\t' or '\r' or '\n'))
                end--;
        }

        // An anchor or a tag may stand before the scalar; the node's range is the value itself.
        if (!scalar.Anchor.IsEmpty || !scalar.Tag.IsEmpty)
        {
            var properties = Properties(start, end);
            // Without a value it ends where the anchor or tag does, not where the next key begins.
            if (scalar is { Value.Length: 0, Style: ScalarStyle.Plain })
                return new TextSpan(properties.End, properties.End);
            start = properties.Behind;
        }

        return new TextSpan(start, end);
    }

    private int SkipProperties(int start, int end) => Properties(start, end).Behind;

    // Where the anchors and tags at a place end, and where what is behind them begins.
    private (int End, int Behind) Properties(int start, int end)
    {
        var (at, last) = (start, start);
        while (at < end && (_text[at] is '&' or '!'))
        {
            while (at < end && _text[at] is not (' ' or '\t' or '\r' or '\n'))
                at++;
            last = at;
            while (at < end && (_text[at] is ' ' or '\t' or '\r' or '\n'))
                at++;
        }

        return (last, at);
    }

    private static NodeStyle StyleOf(ScalarStyle style) => style switch
    {
        ScalarStyle.SingleQuoted => NodeStyle.SingleQuoted,
        ScalarStyle.DoubleQuoted => NodeStyle.DoubleQuoted,
        ScalarStyle.Literal => NodeStyle.Literal,
        ScalarStyle.Folded => NodeStyle.Folded,
        _ => NodeStyle.Plain,
    };

    /// <summary>A collection that is still being read.</summary>
    private sealed class Frame(Node node)
    {
        private HashSet<string>? _names;

        public Node Node { get; } = node;

        public Node? Key { get; set; }

        public int? FirstStart { get; set; }

        public int LastEnd { get; set; }

        public void Add(Node key, Node value, YamlDocumentParser parser)
        {
            var map = (MapNode)Node;
            map.Add(new MapEntry(key, value));
            if (key is not ScalarNode scalar)
                return;
            if (YamlMergeKeys.Is(scalar))
            {
                map.Inherits = YamlMergeKeys.Merge;
                return;
            }

            _names ??= new HashSet<string>(StringComparer.Ordinal);
            if (!_names.Add(scalar.Value) && parser._errors.Count < SyntaxLimits.Issues)
                parser._errors.Add(new SyntaxIssue(SyntaxIssueKind.DuplicateKey, scalar.Span,
                    $"The key '{scalar.Value}' is already set in this mapping; readers refuse it or keep only one of the two."));
        }
    }
}
