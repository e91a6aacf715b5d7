using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>A build stage: a FROM and the instructions up to the next one.</summary>
public sealed class DockerfileStage : Resource
{
    private readonly int _from;

    internal DockerfileStage(ResourceId id, Manifest manifest, DocumentSlot slot, int from)
        : base(id, manifest, slot) => _from = from;

    /// <summary>All instructions of the file.</summary>
    public IReadOnlyList<DockerfileInstruction> File => ((DockerfileDocument)Slot.Document).Instructions;

    /// <summary>The FROM that begins it.</summary>
    public DockerfileInstruction From => File[_from];

    /// <summary>Its instructions behind the FROM.</summary>
    public IEnumerable<DockerfileInstruction> Instructions => File.Skip(_from + 1).TakeWhile(i => i.Keyword != "FROM");

    /// <inheritdoc/>
    public override TextSpan Span => new(From.Span.Start, Instructions.Select(i => i.Span.End).DefaultIfEmpty(From.Span.End).Last());

    /// <inheritdoc/>
    public override TextSpan NameSpan => From.WordsSpan;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new DockerfileStage(Id, later, moved, _from);

    /// <summary>Whether a name is one of a stage before this one, by which it can be built upon.</summary>
    public bool IsEarlierStage(string name) =>
        File.Take(_from).Any(i => i.Keyword == "FROM" && string.Equals(NameOf(i), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A text with the build arguments before the first FROM filled in; null if one of them has no value here.</summary>
    public string? Resolve(string text)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in File.TakeWhile(i => i.Keyword != "FROM").Where(i => i.Keyword == "ARG").SelectMany(i => i.Words))
        {
            if (word.Text.IndexOf('=') is var sign and > 0)
                arguments[word.Text.Substring(0, sign)] = word.Text.Substring(sign + 1);
        }

        return DockerfileVariables.Resolve(text, arguments);
    }

    /// <summary>The name that a FROM gives its stage; null if it gives none.</summary>
    internal static string? NameOf(DockerfileInstruction from) =>
        from.Words.Count == 3 && string.Equals(from.Words[1].Text, "AS", StringComparison.OrdinalIgnoreCase) ? from.Words[2].Text : null;
}
