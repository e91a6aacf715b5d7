using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>Names in a Dockerfile: its stages, and its arguments and variables.</summary>
internal sealed class DockerfileNames
{
    private readonly DockerfileBuild _build;
    private readonly IReadOnlyList<DockerfileInstruction> _instructions;

    public DockerfileNames(DockerfileDocument document) => (_build, _instructions) = (new DockerfileBuild(document), document.Instructions);

    /// <summary>The file.</summary>
    public DockerfileBuild Build => _build;

    /// <summary>The instruction at an offset, with its place and its stage (less than 0 before the first FROM); null if there
    /// is none.</summary>
    public (int At, int Stage, DockerfileInstruction Instruction)? InstructionAt(int offset)
    {
        var stage = -1;
        for (var i = 0; i < _instructions.Count && _instructions[i].Span.Start <= offset; i++)
        {
            if (_instructions[i].Keyword == "FROM")
                stage++;
            if (_instructions[i].Span.Touches(offset))
                return (i, stage, _instructions[i]);
        }

        return null;
    }

    /// <summary>The stage whose name stands at an offset; null if none does.</summary>
    public int? StageAt(int offset)
    {
        foreach (var (span, stage, _) in StageNames())
        {
            if (span.Touches(offset))
                return stage;
        }

        return null;
    }

    /// <summary>Every place of a stage's name, its definition first.</summary>
    public IEnumerable<LocalName> PlacesOf(int stage) =>
        StageNames().Where(n => n.Stage == stage).OrderByDescending(n => n.IsDefinition).Select(n => new LocalName(n.Span, n.IsDefinition));

    /// <summary>The variable that stands at an offset, with the place of the instruction that sets it; null if none does.</summary>
    public (string Name, int Setting, TextSpan Span)? VariableAt(int offset)
    {
        foreach (var (name, span, setting) in Variables())
        {
            if (span.Touches(offset))
                return (name, setting, span);
        }

        return null;
    }

    /// <summary>Every place of a variable that one instruction sets, that one first.</summary>
    public IEnumerable<LocalName> PlacesOf(string name, int setting)
    {
        var all = Variables().Where(v => v.Name == name && v.Setting == setting).Select(v => v.Span).Distinct().ToList();
        var definition = setting < 0 ? default : DefinitionOf(_instructions[setting], name);
        return all.Select(span => new LocalName(span, span == definition)).OrderByDescending(n => n.IsDefinition);
    }

    private IEnumerable<(TextSpan Span, int Stage, bool IsDefinition)> StageNames()
    {
        var stage = -1;
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var instruction in _instructions)
        {
            if (instruction.Keyword == "FROM")
            {
                stage++;
                if (instruction.Words.Count > 0 && names.TryGetValue(instruction.Words[0].Text, out var upon))
                    yield return (instruction.Words[0].Span, upon, false);
                if (DockerfileStages.NameOf(instruction) is { } name)
                {
                    names[name.Text] = stage;
                    yield return (name.Span, stage, true);
                }

                continue;
            }

            foreach (var flag in instruction.Flags)
            {
                var from = flag.Word is null ? null : instruction.Keyword == "COPY" && flag.Name == "from" ? flag.Value
                    : instruction.Keyword == "RUN" && flag.Name == "mount" ? DockerfileMount.Read(flag.Value).From : null;
                if (from is not { Length: > 0 } || !names.TryGetValue(from, out var found))
                    continue;
                var at = flag.Word!.Raw.IndexOf(from, flag.Name == "mount" ? Math.Max(0, flag.Word.Raw.IndexOf("from=",
                    StringComparison.OrdinalIgnoreCase)) : 0, StringComparison.Ordinal);
                if (at >= 0)
                    yield return (flag.Word.PartOf(at, at + from.Length), found, false);
            }
        }
    }

    private IEnumerable<(string Name, TextSpan Span, int Setting)> Variables()
    {
        var stage = -1;
        for (var i = 0; i < _instructions.Count; i++)
        {
            var instruction = _instructions[i];
            if (instruction.Keyword == "FROM")
                stage++;
            if (instruction.Keyword is "ARG" or "ENV")
            {
                foreach (var word in instruction.IsLegacyPair ? instruction.Words.Take(1) : instruction.Words)
                {
                    var name = DockerfileBuild.Pair(word).Name;
                    if (name.Length == 0)
                        continue;
                    yield return (name, word.PartOf(0, Math.Min(name.Length, word.Raw.Length)), i);
                    // An argument without a value takes that of the one before the first FROM.
                    if (instruction.Keyword == "ARG" && stage >= 0 && word.Raw.IndexOf('=') < 0 && GlobalOf(name) is >= 0 and var global)
                        yield return (name, word.PartOf(0, Math.Min(name.Length, word.Raw.Length)), global);
                }
            }

            foreach (var word in instruction.Expanded())
            {
                foreach (var use in DockerfileExpansion.UsesIn(word.Raw, _build.Document.Escape))
                {
                    var setting = stage < 0 || instruction.Keyword == "FROM" ? GlobalOf(use.Name) : _build.SettingOf(stage, i, use.Name);
                    yield return (use.Name, word.PartOf(use.NameStart, use.NameStart + use.Name.Length), setting);
                }
            }
        }
    }

    private int GlobalOf(string name)
    {
        for (var i = 0; i < _instructions.Count && _instructions[i].Keyword != "FROM"; i++)
        {
            if (_instructions[i].Keyword == "ARG" && _instructions[i].Words.Any(w => DockerfileBuild.Pair(w).Name == name))
                return i;
        }

        return -1;
    }

    private static TextSpan DefinitionOf(DockerfileInstruction instruction, string name)
    {
        foreach (var word in instruction.Words)
        {
            if (DockerfileBuild.Pair(word).Name == name)
                return word.PartOf(0, Math.Min(name.Length, word.Raw.Length));
        }

        return instruction.KeywordSpan;
    }
}
