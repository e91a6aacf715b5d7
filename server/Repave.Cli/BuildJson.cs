using System.Text.Json.Serialization;
using Repave.Core.Builds;

namespace Repave.Cli;

/// <summary>What was built, as JSON, version 1. Lines and characters count from 0 in UTF-16, as in LSP.</summary>
internal static class BuildJson
{
    public static void Write(BuildResult result, Stream output)
    {
        var document = new JsonBuild(1,
            [.. result.Outputs.Select(one => new JsonBuildOutput(one.Source, one.Text))],
            [.. result.Problems.Where(problem => problem.IsFatal).Select(Of)],
            [.. result.Problems.Where(problem => problem is { IsFatal: false, Rule: null }).Select(Of)]);
        JsonOutput.Write(output, document, BuildJsonContext.Default.JsonBuild);
    }

    private static JsonBuildProblem Of(BuildProblem problem) => new(problem.Message, problem.File?.Path,
        problem.File is null ? null : JsonReport.Of(problem.File.Source.Text.RangeOf(problem.Span)));
}

/// <summary>What <c>repave build</c> answers.</summary>
/// <param name="Version">The version of this structure. Members may be added to it; none is renamed or taken away.</param>
/// <param name="Outputs">What was built.</param>
/// <param name="Errors">Why something could not be built.</param>
/// <param name="Warnings">What to know, though it was built.</param>
internal sealed record JsonBuild(int Version, JsonBuildOutput[] Outputs, JsonBuildProblem[] Errors, JsonBuildProblem[] Warnings);

/// <summary>A text that was built.</summary>
/// <param name="Source">What it is built from.</param>
/// <param name="Text">The text.</param>
internal sealed record JsonBuildOutput(string Source, string Text);

/// <summary>What went wrong in a build.</summary>
/// <param name="Message">A sentence for people.</param>
/// <param name="File">The file; null where it is about none.</param>
/// <param name="Range">Where in the file.</param>
internal sealed record JsonBuildProblem(string Message, string? File, JsonRange? Range);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonBuild))]
internal sealed partial class BuildJsonContext : JsonSerializerContext;
