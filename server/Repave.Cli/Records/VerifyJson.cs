using System.Text.Json.Serialization;

namespace Repave.Cli;

/// <summary>What <c>repave verify</c> answers.</summary>
/// <param name="Version">The version of this structure.</param>
/// <param name="Verdict"><c>verified</c> or <c>failed</c>.</param>
/// <param name="Checked">What was compared, in a sentence.</param>
/// <param name="Files">How many files were compared.</param>
/// <param name="Problems">What does not belong together.</param>
/// <param name="Notes">What could not be compared, and why.</param>
internal sealed record JsonVerification(
    int Version, string Verdict, string Checked, int Files, JsonVerificationProblem[] Problems, string[] Notes);

/// <summary>Something that does not belong together.</summary>
/// <param name="Kind"><c>record</c>, <c>file</c>, <c>baseline</c> or <c>plan</c>.</param>
/// <param name="File">The file; null where it is about none.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record JsonVerificationProblem(string Kind, string? File, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonVerification))]
internal sealed partial class VerifyJsonContext : JsonSerializerContext;
