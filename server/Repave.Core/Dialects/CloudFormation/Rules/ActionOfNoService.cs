using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Action of a policy that no service has.</summary>
public sealed class ActionOfNoService : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0057";

    /// <inheritdoc/>
    public override string Title => "Action that no service has";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "IAM takes a policy with a misspelt action and allows nothing by it, so the mistake shows when the program runs. "
        + "Name an action that the service has. Only names that are nearly one are reported, because new actions come every week.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Readers:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Action: s3:GetObjekt
                    Resource: "*"
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Readers:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Action: s3:GetObject
                    Resource: "*"
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        foreach (var statement in Holding(resource.Properties, "Effect"))
        {
            foreach (var action in WrittenIn(statement["Action"]).Concat(WrittenIn(statement["NotAction"])))
            {
                if (PolicyActions.Meant(action.Value) is { } meant)
                    sink.Add(this, resource, action, $"No service has the action '{action.Value}'; did you mean '{meant}'?");
            }
        }
    }
}
