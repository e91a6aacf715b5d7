using System.Globalization;
using Repave.Core.Dialects.CloudFormation.Demands;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Runtime that Lambda creates no functions with any more.</summary>
public sealed class RuntimeNotSupported : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1058";

    /// <inheritdoc/>
    public override string Title => "Runtime that Lambda no longer takes";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Some time after a runtime has reached its end, "
        + "Lambda first refuses new functions with it and then updates of the old ones, so "
        + "this stack can no longer be created or changed. Move the function to a runtime that is supported.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtime-support-policy"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Function:
            Type: AWS::Lambda::Function
            Properties:
              Role: arn:aws:iam::123456789012:role/function
              Handler: index.handler
              Runtime: nodejs12.x
              Code: {S3Bucket: builds, S3Key: one.zip}
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Function:
            Type: AWS::Lambda::Function
            Properties:
              Role: arn:aws:iam::123456789012:role/function
              Handler: index.handler
              Runtime: provided.al2023
              Code: {S3Bucket: builds, S3Key: one.zip}
        """;

    /// <summary>The day that it is.</summary>
    internal static Func<DateTime> Today { get; set; } = () => DateTime.UtcNow.Date;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type is not ("AWS::Lambda::Function" or "AWS::Serverless::Function")
            || resource.Properties?["Runtime"] is not { } runtime)
            return;
        foreach (var value in Alternatives(runtime, 0))
        {
            if (DemandPack.Instance.RuntimeOf(value.Value) is not { } life)
                continue;
            var next = life.Successor == "?" ? "move to one that is supported" : $"move to {life.Successor}";
            if (HasPassed(life.Updates))
                sink.Add(this, resource, value,
                    $"Lambda has refused to create functions with {value.Value} since {life.Creations} and to update them "
                    + $"since {life.Updates}: {next}.");
            else if (HasPassed(life.Creations))
                sink.Add(this, resource, value,
                    $"Lambda has refused to create functions with {value.Value} since {life.Creations}: {next}.");
        }
    }

    private static bool HasPassed(string date) =>
        DateTime.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= Today();

    private static IEnumerable<ScalarNode> Alternatives(Node node, int depth)
    {
        if (node.Resolved is not { } value || depth > 20)
            return [];
        if (Intrinsic.Of(value) is not { } function)
            return value is ScalarNode scalar ? [scalar] : [];
        return function is { Name: "Fn::If", Items: [_, var then, var otherwise] }
            ? Alternatives(then, depth + 1).Concat(Alternatives(otherwise, depth + 1)) : [];
    }
}
