using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Signal that nobody waits for.</summary>
public sealed class SignalNobodyWaitsFor : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1354";

    /// <inheritdoc/>
    public override string Title => "Signal that nobody waits for";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "An instance that signals its success to a resource without a creation policy is taken for ready as soon as it runs, "
        + "whatever becomes of its start. "
        + "Set a CreationPolicy, or WaitOnResourceSignals in the UpdatePolicy.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: ami-0123456789abcdef0
              UserData:
                Fn::Base64: |
                  #!/bin/bash
                  /opt/aws/bin/cfn-signal -e $? --stack s --resource Web
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::Instance
            CreationPolicy:
              ResourceSignal: {Timeout: PT5M}
            Properties:
              ImageId: ami-0123456789abcdef0
              UserData:
                Fn::Base64: |
                  #!/bin/bash
                  /opt/aws/bin/cfn-signal -e $? --stack s --resource Web
        """;

    internal override bool LooksBeyond => true;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type is not ("AWS::EC2::Instance" or "AWS::AutoScaling::AutoScalingGroup") || resource.Root.Has("CreationPolicy")
            || resource.Root.Has("UpdatePolicy"))
            return;
        // A wait condition waits for a handle, whose address the instance is told.
        var found = TextsIn(resource.Properties?["UserData"]).FirstOrDefault(t => t.Value.Contains("cfn-signal"));
        if (found is not null
            && !resource.Template.Resources.Keys.Any(r => resource.Template.TypeOf(r) == "AWS::CloudFormation::WaitConditionHandle"))
            sink.Add(this, resource, found,
                $"'{resource.Id.Name}' signals that it is ready and nobody waits for it: set a CreationPolicy.");
    }
}
