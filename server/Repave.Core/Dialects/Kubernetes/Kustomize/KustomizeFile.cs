using System.Globalization;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>A file that a kustomization reads.</summary>
internal sealed class KustomizeFile
{
    // What a reader of YAML follows before it takes a text for an attack.
    private const int MaxNodes = 500_000;

    private Manifest? _manifest;
    private string? _text;
    private KustomizeException? _failure;
    private List<KustomizeNode>? _documents;

    /// <summary>A file.</summary>
    /// <param name="path">Its path among the files.</param>
    /// <param name="name">Its path for people.</param>
    /// <param name="bytes">What is in it.</param>
    public KustomizeFile(string path, string name, byte[] bytes) => (Path, Name, Bytes) = (path, name, bytes);

    /// <summary>A text that stands in another file, or comes from one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="within">The file, for what is said of it.</param>
    public KustomizeFile(GoText text, KustomizeFile within)
        : this(within.Path, within.Name, [])
    {
        (_text, Inline, Within) = (text.Text, text, within);
    }

    public string Path { get; }

    public string Name { get; }

    public byte[] Bytes { get; }

    /// <summary>The text with where it comes from, where it is no file of its own.</summary>
    public GoText? Inline { get; }

    /// <summary>The file that it stands in.</summary>
    public KustomizeFile? Within { get; }

    /// <summary>Its text, without a byte order mark.</summary>
    public string Text => _text ??= Bytes is [0xEF, 0xBB, 0xBF, ..] ? GoQuoting.TextOf(Bytes, 3, Bytes.Length - 3)
        : GoQuoting.TextOf(Bytes);

    /// <summary>The file, parsed.</summary>
    public Manifest Manifest => _manifest ??= new Manifest(Name, YamlLanguage.Instance.Parse(Text));

    /// <summary>The file that a person edits.</summary>
    public Manifest Written => Within?.Written ?? Manifest;

    /// <summary>The root of its first document.</summary>
    public Node? Root => Manifest.Source.Documents is [var slot, ..] ? slot.Document.Root : null;

    /// <summary>Its documents as kustomize reads them, copied for whoever asks.</summary>
    /// <exception cref="KustomizeException">It is no YAML.</exception>
    public List<KustomizeNode> Documents()
    {
        if (_failure is not null)
            throw _failure;
        if (_documents is null)
        {
            try
            {
                _documents = Read();
            }
            catch (KustomizeException exception)
            {
                _failure = exception;
                throw;
            }
        }

        return _documents.ConvertAll(document => document.Copy());
    }

    /// <summary>Its documents, each as a file of its own.</summary>
    public IEnumerable<KustomizeFile> Parts()
    {
        var whole = Inline ?? new GoText(Text, new Trace(Manifest, new TextSpan(0, Text.Length), true, true, null));
        return Manifest.Source.Documents.Select(slot => new KustomizeFile(whole.Slice(slot.Start, slot.Document.Text.Length), this));
    }

    /// <summary>An error at a node of its first document.</summary>
    public KustomizeException Wrong(string message, Node? at)
    {
        var span = at?.Span ?? default;
        return new KustomizeException(message, Written, Manifest.Source.Documents is [var slot, ..] ? PlaceOf(span.Shift(slot.Start))
            : default);
    }

    /// <summary>A scalar of its first document, with where it comes from.</summary>
    public GoText TextOf(ScalarNode scalar)
    {
        var slot = Manifest.Source.Documents[0];
        return GoYamlReader.TextOf(scalar, slot.Document.Text, TraceOf(scalar.Span.Shift(slot.Start), scalar.Value.Length, true));
    }

    /// <summary>Where a node of its first document stands.</summary>
    public Trace TraceOf(Node node)
    {
        var slot = Manifest.Source.Documents[0];
        return TraceOf(node.Span.Shift(slot.Start), 0, true)?.AsWhole() ?? new Trace(Written, default, false, true, null);
    }

    private TextSpan PlaceOf(TextSpan span) => Inline is null ? span : TraceOf(span, 0, false)?.At ?? default;

    private Trace? TraceOf(TextSpan span, int length, bool isValue)
    {
        if (Inline is null)
            return new Trace(Manifest, span, true, isValue, null);
        // What stands behind the last character (an absent value) is where that is.
        var start = Math.Min(span.Start, Math.Max(0, Inline.Text.Length - 1));
        var piece = Inline.Slice(start, Math.Min(Math.Max(1, span.Length), Inline.Text.Length - start));
        return GoYamlReader.TraceOf(piece, length);
    }

    private List<KustomizeNode> Read()
    {
        var documents = new List<KustomizeNode>();
        var source = Manifest.Source;
        if (source.IsTooLong)
            throw new KustomizeException("MalformedYAMLError: yaml: it is too long", Written, default);
        foreach (var slot in source.Documents)
        {
            if (slot.Document.Issues.FirstOrDefault(i => i.Kind is SyntaxIssueKind.Syntax or SyntaxIssueKind.Bound) is { } issue)
            {
                var line = (source.Text.PositionOf(issue.Span.Start + slot.Start).Line + 1).ToString(CultureInfo.InvariantCulture);
                throw new KustomizeException($"MalformedYAMLError: yaml: line {line}: {issue.Message}", Written,
                    PlaceOf(issue.Span.Shift(slot.Start)));
            }

            if (slot.Document.Root is { } root)
                documents.Add(new Conversion(this, slot).Of(root, 0));
        }

        return documents;
    }

    private sealed class Conversion(KustomizeFile file, DocumentSlot slot)
    {
        private int _nodes;

        public KustomizeNode Of(Node node, int depth)
        {
            if (depth > SyntaxLimits.Depth || ++_nodes > MaxNodes)
                throw new KustomizeException("yaml: document contains excessive aliasing", file.Written,
                    file.PlaceOf(node.Span.Shift(slot.Start)));
            switch (node.Resolved)
            {
                case ScalarNode scalar:
                    return Scalar(scalar);
                case ListNode list:
                    var items = KustomizeNode.List(Trace(list.Span));
                    foreach (var item in list.Items)
                        items.Content.Add(Of(item, depth + 1));
                    return items;
                case MapNode map:
                    var made = KustomizeNode.Map(Trace(map.Span));
                    foreach (var entry in map.AllEntries)
                    {
                        if (entry.Key.Resolved is not ScalarNode key)
                        {
                            throw new KustomizeException("yaml: invalid map key", file.Written,
                                file.PlaceOf(entry.Key.Span.Shift(slot.Start)));
                        }

                        made.Content.Add(Scalar(key));
                        made.Content.Add(Of(entry.Value, depth + 1));
                    }

                    return made;
                default:
                    return KustomizeNode.Scalar("", KustomizeNode.NullTag);
            }
        }

        private Trace? Trace(TextSpan span) => file.TraceOf(span.Shift(slot.Start), 0, false)?.AsWhole();

        private KustomizeNode Scalar(ScalarNode scalar)
        {
            var isQuoted = scalar.Style != NodeStyle.Plain;
            const string core = "tag:yaml.org,2002:";
            var tag = scalar.Tag is { } said && said != "!"
                ? said.StartsWith(core, StringComparison.Ordinal) ? "!!" + said.Substring(core.Length) : said
                : isQuoted || scalar.Tag == "!" ? KustomizeNode.TextTag : KustomizeScalars.TagOf(scalar.Value);
            var text = GoYamlReader.TextOf(scalar, slot.Document.Text,
                file.TraceOf(scalar.Span.Shift(slot.Start), scalar.Value.Length, false));
            return new KustomizeNode
            {
                Kind = KustomizeKind.Scalar,
                Text = text,
                Tag = tag,
                IsQuoted = isQuoted,
                IsFolded = scalar.Style == NodeStyle.Folded,
                Quote = scalar.Style switch
                {
                    NodeStyle.SingleQuoted => '\'',
                    NodeStyle.DoubleQuoted => '"',
                    _ => null,
                },
            };
        }
    }
}
