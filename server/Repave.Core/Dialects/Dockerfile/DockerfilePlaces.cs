using Repave.Core.Model;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>What stands in a Dockerfile at a place, and what can be written there.</summary>
internal static class DockerfilePlaces
{
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
