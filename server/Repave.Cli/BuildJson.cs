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

internal sealed record JsonBuild(int Version, JsonBuildOutput[] Outputs, JsonBuildProblem[] Errors, JsonBuildProblem[] Warnings);

internal sealed record JsonBuildOutput(string Source, string Text);

internal sealed record JsonBuildProblem(string Message, string? File, JsonRange? Range);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonBuild))]
internal sealed partial class BuildJsonContext : JsonSerializerContext;
