using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Users of $LATEST.</summary>
public sealed class FunctionAtLatest : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1053";

    /// <inheritdoc/>
    public override string Title => "Users of $LATEST";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Whoever calls $LATEST gets each upload of the code at once, and there is nothing to go back to. "
        + "Let an alias point at a version, and callers at the alias.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Live:
            Type: AWS::Lambda::Alias
            Properties:
              FunctionName: orders
              FunctionVersion: $LATEST
              Name: live
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Live:
            Type: AWS::Lambda::Alias
            Properties:
              FunctionName: orders
              FunctionVersion: "7"
              Name: live
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        foreach (var text in TextsIn(resource.Properties))
        {
            if (text.Value == "$LATEST" || text.Value.EndsWith(":$LATEST", StringComparison.Ordinal))
                sink.Add(this, resource, text, "$LATEST is another program after each upload, with nothing to go back to: name a version.");
        }
    }
}
