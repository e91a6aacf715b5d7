using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>Code of a Lambda function is replaced without publishing a version.</summary>
public sealed class FunctionCodeUnpublished : CreationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3104";

    /// <inheritdoc/>
    public override string Title => "Lambda code changed without a version";

    /// <inheritdoc/>
    public override bool HasFix => true;

    /// <inheritdoc/>
    public override string Category => "Rollout";

    /// <inheritdoc/>
    public override string Reason =>
        "Without a published version the new code replaces the old one under $LATEST, for everybody at once, "
        + "and there is nothing to go back to. "
        + "Publish a version, and move an alias to it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html"];

    /// <inheritdoc/>
    public override string Library => "AWSSDK.Lambda 4.0 (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.Lambda.Model.UpdateFunctionCodeRequest"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.Lambda;
        using Amazon.Lambda.Model;

        class Example
        {
            async Task Run(IAmazonLambda lambda)
            {
                await lambda.UpdateFunctionCodeAsync(new UpdateFunctionCodeRequest { FunctionName = "web", S3Bucket = "builds", S3Key = "web.zip" });
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.Lambda;
        using Amazon.Lambda.Model;

        class Example
        {
            async Task Run(IAmazonLambda lambda)
            {
                await lambda.UpdateFunctionCodeAsync(new UpdateFunctionCodeRequest { FunctionName = "web", S3Bucket = "builds", S3Key = "web.zip", Publish = true });
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Amazon.Lambda
        {
            public interface IAmazonLambda
            {
                Task<object> UpdateFunctionCodeAsync(Model.UpdateFunctionCodeRequest request, CancellationToken token = default);
            }
        }

        namespace Amazon.Lambda.Model
        {
            public class UpdateFunctionCodeRequest { public string? FunctionName { get; set; } public string? S3Bucket { get; set; } public string? S3Key { get; set; } public bool? Publish { get; set; } }
        }
        """;

    internal override (string Message, CSharpFix? Fix)? Judge(IObjectCreationOperation creation) =>
        creation.ValueOf("Publish") is not { } publish ? (Message, CSharpFix.Set("Publish", "true")) : publish.Flag() == false
            ? (Message, null)
            : null;

    private const string Message = "This replaces the function's code under $LATEST, with nothing to go back to: set Publish, "
        + "and move an alias to the new version.";
}
