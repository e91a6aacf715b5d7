using Repave.Core.Model;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>What stands in a Dockerfile at a place, and what can be written there.</summary>
internal static class DockerfilePlaces
{
    private const string MountKinds = "bind cache secret ssh tmpfs";

    /// <summary>What stands at an offset; null if nothing is to be said of it.</summary>
    public static PlaceDescription? Describe(DockerfileDocument document, int offset)
    {
        var names = new DockerfileNames(document);
        if (names.InstructionAt(offset) is not var (at, stage, instruction))
            return null;
        if (names.VariableAt(offset) is var (name, setting, span))
            return new PlaceDescription(span, Variable(names, document, stage, at, name, setting));
        if (names.StageAt(offset) is { } found)
            return new PlaceDescription(names.PlacesOf(found).First(p => p.Span.Touches(offset)).Span, Stage(names.Build, document, found));
        var one = instruction;
        if (instruction.Trigger is { } trigger && trigger.Span.Touches(offset))
            one = trigger;
        if (DockerfileKeywords.Of(one.Keyword) is not { } known)
            return null;
        if (one.KeywordSpan.Touches(offset))
            return new PlaceDescription(one.KeywordSpan, $"**{known.Name}** {known.What}\n\n`{known.Form}`");
        if (one.Flags.FirstOrDefault(f => f.Span.Touches(offset)) is { } flag
            && known.Flags?.FirstOrDefault(f => f.Name == flag.Name) is { Name: not null } about)
            return new PlaceDescription(flag.Span, $"**--{about.Name}**: {about.What}");
        return null;
    }

    /// <summary>What can be written at an offset, and the word that it takes the place of.</summary>
    public static (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) Complete(DockerfileDocument document, int offset)
    {
        var text = document.Text;
        offset = Math.Min(offset, text.Length);
        var start = offset;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-' or '.'))
            start--;
        var word = new TextSpan(start, offset);
        var names = new DockerfileNames(document);
        var line = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var before = text.Substring(line, start - line);
        var found = names.InstructionAt(offset);
        // An instruction that is being written ends before the white space where the cursor stands.
        var place = found ?? Nearest(names, document, line, offset);
        if (place is not var (at, stage, instruction) || (before.Trim().Length == 0 && instruction.Span.Start >= line))
            return before.Trim().Length > 0 ? (word, []) : (word, Keywords());
        if (before.EndsWith('$') || before.EndsWith("${", StringComparison.Ordinal))
            return (word, Variables(names.Build, stage, at, instruction));
        if (text.Substring(start, offset - start).StartsWith("--", StringComparison.Ordinal))
            return (word, Flags(instruction));
        if (before.EndsWith("--from=", StringComparison.Ordinal) || before.EndsWith(",from=", StringComparison.Ordinal)
            || before.EndsWith("--mount=from=", StringComparison.Ordinal))
            return (word, Stages(names.Build, stage));
        if (before.EndsWith("type=", StringComparison.Ordinal) && instruction.Keyword == "RUN")
            return (word, [.. MountKinds.Split(' ').Select(kind => new PlaceCompletion(kind, "mount", kind))]);
        return (word, (before.TrimStart().Split(' ')[0].ToUpperInvariant(), instruction.Words.Count) switch
        {
            ("FROM", <= 1) => Stages(names.Build, stage),
            ("ONBUILD", <= 1) => Keywords(),
            ("HEALTHCHECK", <= 1) => [new PlaceCompletion("CMD", "a command that tells", "CMD "), new PlaceCompletion("NONE",
                "take no check from the image", "NONE")],
            _ => [],
        });
    }

    /// <summary>The instructions of a stage, for an outline.</summary>
    public static IEnumerable<ResourcePart> PartsOf(DockerfileStage stage)
    {
        foreach (var instruction in stage.Instructions.Prepend(stage.From))
        {
            var text = instruction.Text.Length <= 60 ? instruction.Text : instruction.Text.Substring(0, 59) + "…";
            yield return new ResourcePart(instruction.Keyword, Secrets.Of(stage.Slot.Document).Hide(text), instruction.Span,
                instruction.KeywordSpan);
        }
    }

    private static (int At, int Stage, DockerfileInstruction Instruction)? Nearest(
        DockerfileNames names, DockerfileDocument document, int line, int offset)
    {
        var last = -1;
        for (var i = 0; i < document.Instructions.Count && document.Instructions[i].Span.Start <= offset; i++)
            last = i;
        return last < 0 || document.Instructions[last].Span.End < line ? null
            : names.InstructionAt(document.Instructions[last].Span.Start);
    }

    private static PlaceCompletion[] Keywords() =>
        [.. DockerfileKeywords.All.Where(k => k != "MAINTAINER")
            .Select(k => new PlaceCompletion(k, DockerfileKeywords.Of(k)!.What, k + " "))];

    private static PlaceCompletion[] Flags(DockerfileInstruction instruction) =>
    [
        .. (DockerfileKeywords.Of((instruction.Trigger ?? instruction).Keyword)?.Flags ?? []).Select(f => new PlaceCompletion(
            "--" + f.Name, f.What, f.Kind == DockerfileFlagKind.Switch ? "--" + f.Name : $"--{f.Name}=")),
    ];

    private static PlaceCompletion[] Stages(DockerfileBuild build, int stage) =>
    [
        .. build.Froms.Take(Math.Max(0, stage)).Select(DockerfileStages.NameOf).OfType<DockerfileWord>()
            .Select(name => new PlaceCompletion(name.Text, "stage", name.Text)),
    ];

    private static PlaceCompletion[] Variables(DockerfileBuild build, int stage, int at, DockerfileInstruction instruction) =>
    [
        .. (stage < 0 || instruction.Keyword == "FROM" ? build.Arguments.Keys.Concat(DockerfileBuild.PredefinedArguments)
            : build.NamesAt(stage, at)).Distinct().Select(name => new PlaceCompletion(name, "variable", name)),
    ];

    private static string Stage(DockerfileBuild build, DockerfileDocument document, int stage)
    {
        var upon = build.BaseOf(stage) is >= 0 and var other && DockerfileStages.NameOf(build.Froms[other]) is { } named
            ? $"the stage `{named.Text}`" : build.ImageOf(stage) is { } image ? $"`{image}`" : "an image that the build is given";
        var name = DockerfileStages.NameOf(build.Froms[stage])?.Text ?? $"{stage}";
        return $"**Stage {name}** (line {LineOf(document, build.Froms[stage].Span.Start)}), built upon {upon}.";
    }

    private static string Variable(DockerfileNames names, DockerfileDocument document, int stage, int at, string name, int setting)
    {
        if (setting < 0)
            return DockerfileBuild.PredefinedArguments.Contains(name) ? $"**{name}**: given by the build."
                : $"**{name}**: set by nothing in this file.";
        var instruction = document.Instructions[setting];
        var value = instruction.Keyword == "ARG" && stage < 0 ? names.Build.ExpandGlobal("$" + name).Text
            : stage < 0 ? null : names.Build.ValueAt(stage, Math.Max(at, setting + 1), name)?.Text
                ?? names.Build.ExpandGlobal("$" + name).Text;
        // A secret's value is shown nowhere.
        var shown = value is null or "" || SecretNames.Is(name) ? "" : $" `{Secrets.Of(document).Hide(value)}`"
            + (instruction.Keyword == "ARG" ? " unless the build is given another" : "");
        return $"**{name}**:{shown} ({instruction.Keyword} in line {LineOf(document, instruction.Span.Start)}).";
    }

    private static int LineOf(DockerfileDocument document, int offset)
    {
        var line = 1;
        for (var at = document.Text.IndexOf('\n'); at >= 0 && at < offset; at = document.Text.IndexOf('\n', at + 1))
            line++;
        return line;
    }
}
