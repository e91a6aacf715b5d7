using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>A build stage: a FROM and the instructions up to the next one.</summary>
public sealed class DockerfileStage : Resource, IImageStage
{
    private readonly int _from;
    private readonly int _end;

    internal DockerfileStage(ResourceId id, Manifest manifest, DocumentSlot slot, DockerfileBuild build, int index, int from, int end)
        : base(id, manifest, slot) => (Build, Index, _from, _end) = (build, index, from, end);

    /// <summary>The file that it is a stage of.</summary>
    public DockerfileBuild Build { get; }

    /// <summary>Its number in the file; the first is 0.</summary>
    public int Index { get; }

    /// <summary>All instructions of the file.</summary>
    public IReadOnlyList<DockerfileInstruction> File => Build.Document.Instructions;

    /// <summary>The FROM that begins it.</summary>
    public DockerfileInstruction From => File[_from];

    /// <summary>Its instructions behind the FROM.</summary>
    public IEnumerable<DockerfileInstruction> Instructions
    {
        get
        {
            for (var i = _from + 1; i < _end; i++)
                yield return File[i];
        }
    }

    /// <summary>Its instructions behind the FROM, with their places in the file.</summary>
    public IEnumerable<(int At, DockerfileInstruction Instruction)> Numbered
    {
        get
        {
            for (var i = _from + 1; i < _end; i++)
                yield return (i, File[i]);
        }
    }

    /// <summary>Its instructions with their places in the file, its FROM among them, and with the first stage's what stands before that.
    /// </summary>
    public IEnumerable<(int At, DockerfileInstruction Instruction)> Owned
    {
        get
        {
            for (var i = Index == 0 ? 0 : _from; i < _end; i++)
                yield return (i, File[i]);
        }
    }

    /// <summary>The stages of the file that it is built upon, the nearest first, and itself before them.</summary>
    public IEnumerable<int> Chain
    {
        get
        {
            for (int stage = Index, depth = 0; stage >= 0 && depth < 64; stage = Build.BaseOf(stage), depth++)
                yield return stage;
        }
    }

    /// <summary>The name that its FROM gives it; null if none.</summary>
    public DockerfileWord? Name => DockerfileStages.NameOf(From);

    /// <inheritdoc/>
    public string? StageName => Name?.Text;

    /// <summary>Whether it is the file's last, which is what a build gives unless another one is asked for.</summary>
    public bool IsLast => Index == Build.Froms.Count - 1;

    /// <summary>Whether its files run in containers: it is the last stage, or that is built upon it.</summary>
    public bool Runs
    {
        get
        {
            for (int stage = Build.Froms.Count - 1, depth = 0; stage >= Index && depth < 64; stage = Build.BaseOf(stage), depth++)
            {
                if (stage == Index)
                    return true;
            }

            return false;
        }
    }

    /// <summary>The image that it is built upon, arguments' defaults filled in; null if it is a stage or only the build knows.</summary>
    public string? Image => Build.BaseOf(Index) >= 0 ? null : Build.ImageOf(Index);

    /// <inheritdoc/>
    public override TextSpan Span => new(From.Span.Start, File[Math.Max(_from, _end - 1)].Span.End);

    /// <inheritdoc/>
    public override TextSpan NameSpan => From.WordsSpan;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new DockerfileStage(Id, later, moved, Build, Index, _from, _end);

    /// <summary>The stage before this one that a name means, or in a COPY a number; less than 0 if there is none.</summary>
    public int EarlierStage(string name, bool byNumber) => DockerfileStages.Find(Build.Froms, name, Index, byNumber);

    /// <summary>A word of one of its instructions with what is known filled in; null if only the build knows it.</summary>
    public string? Resolve(int instruction, DockerfileWord word) => Build.Expand(Index, instruction, word.Raw).Text;
}
