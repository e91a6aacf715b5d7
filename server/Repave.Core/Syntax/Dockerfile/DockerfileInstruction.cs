using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>A word of an instruction, as BuildKit takes that instruction apart.</summary>
/// <param name="Text">The word, its quotes taken off.</param>
/// <param name="Span">Where, in offsets of the document's text, quotes included.</param>
public sealed record DockerfileWord(string Text, TextSpan Span)
{
    /// <summary>The word as it is written.</summary>
    public string Raw { get; init; } = Text;

    /// <summary>Where each character of <see cref="Raw"/> stands, in offsets of the document's text: a word may go over lines.</summary>
    internal IReadOnlyList<int> Places { get; init; } = [];

    /// <summary>Where a part of <see cref="Raw"/> stands.</summary>
    internal TextSpan PartOf(int start, int end) =>
        end <= start || end > Places.Count ? Span : new TextSpan(Places[start], Places[end - 1] + 1);
}

/// <summary>A flag of an instruction (<c>--from=build</c>).</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="Value">Its value; empty if it has none.</param>
/// <param name="Span">Where, in offsets of the document's text.</param>
public sealed record DockerfileFlag(string Name, string Value, TextSpan Span)
{
    /// <summary>Its value with its place; null if no sign stands behind its name.</summary>
    public DockerfileWord? Word { get; init; }
}

/// <summary>A here-document.</summary>
/// <param name="Name">What ends it.</param>
/// <param name="Text">Its lines as they are written.</param>
/// <param name="Span">Where they stand, in offsets of the document's text, the line that ends it left out.</param>
/// <param name="Expands">Whether variables in it are filled in: no part of its name is quoted.</param>
/// <param name="StripsTabs">Whether tabs before its lines are none of it.</param>
public sealed record DockerfileHere(string Name, string Text, TextSpan Span, bool Expands, bool StripsTabs)
{
    /// <summary>What whoever gets it reads.</summary>
    public string Content => StripsTabs ? string.Join("\n", Text.Split('\n').Select(line => line.TrimStart('\t'))) : Text;
}

/// <summary>An instruction.</summary>
/// <param name="Keyword">Its keyword, in capitals.</param>
/// <param name="KeywordSpan">Where the keyword stands, in offsets of the document's text.</param>
/// <param name="Span">All of it, here-documents included.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Words">Its words behind the flags; of the exec form (<c>["a", "b"]</c>) its items.</param>
/// <param name="IsExec">Whether it is written in the exec form.</param>
/// <param name="Text">Its words as a shell gets them: lines that go on put together, comments between them left out.</param>
/// <param name="HereDocuments">Its here-documents.</param>
public sealed record DockerfileInstruction(
    string Keyword,
    TextSpan KeywordSpan,
    TextSpan Span,
    IReadOnlyList<DockerfileFlag> Flags,
    IReadOnlyList<DockerfileWord> Words,
    bool IsExec,
    string Text,
    IReadOnlyList<DockerfileHere> HereDocuments)
{
    /// <summary>Its keyword as it is written.</summary>
    public string Written { get; init; } = Keyword;

    /// <summary>Of ONBUILD, the instruction that a build upon the image begins with; null if there is none.</summary>
    public DockerfileInstruction? Trigger { get; init; }

    /// <summary>Whether a key and its value stand behind each other with white space between them (<c>ENV KEY value</c>).</summary>
    public bool IsLegacyPair { get; init; }

    /// <summary>The first empty line between lines that go on; null if there is none.</summary>
    public TextSpan? EmptyLine { get; init; }

    /// <summary>The comments that stand right above it, in their order.</summary>
    public IReadOnlyList<Comment> Comments { get; init; } = [];

    /// <summary>The value of a flag; null if the instruction does not have it.</summary>
    public string? Flag(string name) => Flags.FirstOrDefault(f => f.Name == name)?.Value;

    /// <summary>Where its words stand; the keyword if it has none.</summary>
    public TextSpan WordsSpan => Words.Count == 0 ? KeywordSpan : new TextSpan(Words[0].Span.Start, Words[Words.Count - 1].Span.End);

    /// <summary>What it runs as a shell reads it: its text, and of a shell's here-document the lines.</summary>
    public string Script => HereDocuments.Count == 0 ? Text
        : HereDocuments.Count == 1 && Text.StartsWith("<<", StringComparison.Ordinal) && Words.Count == 1 ? HereDocuments[0].Content
        : Text + "\n" + string.Concat(HereDocuments.Select(h => h.Content + h.Name + "\n"));

    /// <summary>Its words and parts of words in which a build fills variables in, flags' values among them.</summary>
    public IEnumerable<DockerfileWord> Expanded()
    {
        var words = Keyword is "FROM" or "ADD" or "COPY" or "VOLUME" or "ENV" or "LABEL" or "ARG" or "WORKDIR" or "USER" or "STOPSIGNAL"
            or "EXPOSE" ? Words.AsEnumerable() : [];
        if (Keyword == "FROM")
            words = words.Take(1);
        if (Keyword is "ADD" or "COPY" && !IsExec)
            words = words.Where(w => DockerfileHeres.Of(w.Raw) is null);
        if (Keyword is "ENV" or "LABEL" or "ARG" && !IsLegacyPair)
            words = words.SelectMany(Halves);
        return words.Concat(Flags.Where(f => f.Word is not null && Keyword switch
        {
            "FROM" => f.Name == "platform",
            "ADD" or "COPY" => f.Name is "chown" or "chmod" or "checksum",
            _ => false,
        }).Select(f => f.Word!));
    }

    // A name and its value; of an argument the value alone.
    private IEnumerable<DockerfileWord> Halves(DockerfileWord word)
    {
        var sign = word.Raw.IndexOf('=');
        if (sign < 0)
            return Keyword == "ARG" ? [] : [word];
        var value = Part(word, sign + 1, word.Raw.Length);
        return Keyword == "ARG" ? [value] : [Part(word, 0, sign), value];
    }

    private static DockerfileWord Part(DockerfileWord word, int start, int end) => word with
    {
        Raw = word.Raw.Substring(start, end - start),
        Span = word.PartOf(start, end),
        Places = word.Places.Count < end ? [] : [.. word.Places.Skip(start).Take(end - start)],
    };
}
