using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Analysis;

/// <summary>What is known of one document: never changes once it was made.</summary>
internal sealed class DocumentAnalysis
{
    public DocumentAnalysis(DocumentSlot slot, bool isMine, bool isTemplate, IReadOnlyList<Resource> resources, IReadOnlyList<Finding> read)
        : this(slot, isMine, isTemplate, resources, read, [], [])
    {
    }

    private DocumentAnalysis(
        DocumentSlot slot, bool isMine, bool isTemplate, IReadOnlyList<Resource> resources, IReadOnlyList<Finding> read,
        IReadOnlyList<Finding> found, object?[] looked)
    {
        (Slot, IsMine, IsTemplate, Resources) = (slot, isMine, isTemplate, resources);
        (Read, Found, Looked) = (read, found, looked);
    }

    /// <summary>The document, and where in its file it begins.</summary>
    public DocumentSlot Slot { get; }

    /// <summary>Whether a dialect calls it its own.</summary>
    public bool IsMine { get; }

    /// <summary>Whether it is a template that was left alone.</summary>
    public bool IsTemplate { get; }

    /// <summary>What it defines.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>What was found when it was read: errors of the text, and of the JSON Schema that it names.</summary>
    public IReadOnlyList<Finding> Read { get; }

    /// <summary>What was found when its resources were checked.</summary>
    public IReadOnlyList<Finding> Found { get; }

    /// <summary>What each resource's check looked at besides it.</summary>
    public object?[] Looked { get; }

    /// <summary>Whether anything is to be said of it at all.</summary>
    public bool Matters => Read.Count > 0 || IsMine;

    public DocumentAnalysis With(IReadOnlyList<Finding> found, object?[] looked) =>
        new(Slot, IsMine, IsTemplate, Resources, Read, found, looked);

    /// <summary>The same in a later state of the file, in which the document is the same and stands elsewhere.</summary>
    public DocumentAnalysis In(Manifest later, DocumentSlot moved)
    {
        Finding[] Move(IReadOnlyList<Finding> findings) => findings.Count == 0 ? [] : [.. findings.Select(f => f.In(later, moved))];
        return new DocumentAnalysis(moved, IsMine, IsTemplate, [.. Resources.Select(r => r.In(later, moved))], Move(Read),
            Move(Found), Looked);
    }
}
