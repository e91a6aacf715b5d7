using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>The configuration of a Lambda function is changed under its users.</summary>
public sealed class FunctionConfigurationChanged : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3105";

    /// <inheritdoc/>
    public override string Title => "Lambda configuration changed in place";

    /// <inheritdoc/>
    public override string Reason =>
        "A function whose configuration is changed by a call behaves differently at once for everybody who calls $LATEST, "
        + "and its template does not know. "
        + "Change the template, publish a version, and move an alias.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html"];

    /// <inheritdoc/>
    public override string Library => "AWSSDK.Lambda 4.0 (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.Lambda.IAmazonLambda"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.Lambda;
        using Amazon.Lambda.Model;

        class Example
        {
            async Task Run(IAmazonLambda lambda)
            {
                await lambda.UpdateFunctionConfigurationAsync(new UpdateFunctionConfigurationRequest { FunctionName = "web" });
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
                await lambda.UpdateAliasAsync(new UpdateAliasRequest { FunctionName = "web", FunctionVersion = "7" });
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Amazon.Lambda
        {
            public interface IAmazonLambda
            {
                Task<object> UpdateFunctionConfigurationAsync(Model.UpdateFunctionConfigurationRequest request, CancellationToken token = default);
                Task<object> UpdateAliasAsync(Model.UpdateAliasRequest request, CancellationToken token = default);
            }
        }

        namespace Amazon.Lambda.Model
        {
            public class UpdateFunctionConfigurationRequest { public string? FunctionName { get; set; } }
            public class UpdateAliasRequest { public string? FunctionName { get; set; } public string? FunctionVersion { get; set; } }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["UpdateFunctionConfiguration"];

    internal override string? Judge(IInvocationOperation call) =>
        "This changes the function for everybody at once, behind its template's back: change the template, "
        + "publish a version, move an alias.";
}
