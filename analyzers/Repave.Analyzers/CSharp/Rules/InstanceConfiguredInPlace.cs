using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>An EC2 instance of the CDK that CloudFormation configures in place.</summary>
public sealed class InstanceConfiguredInPlace : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3207";

    /// <inheritdoc/>
    public override string Title => "Instance configured in place";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "CloudFormation::Init changes packages, files and services on a running instance, "
        + "so two instances of one template differ by the order in which they were updated. "
        + "Bake an image, and replace the instance.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2-readme.html#configuring-instances-using-cloudformation-init-cfn-init"];

    /// <inheritdoc/>
    public override string Library => "Amazon.CDK.Lib 2.103.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.CDK.AWS.EC2.InstanceProps", "Amazon.CDK.AWS.AutoScaling.AutoScalingGroupProps"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.EC2;

        class Example : Stack
        {
            void Build()
            {
                var props = new InstanceProps { Init = CloudFormationInit.FromElements(InitPackage.Yum("httpd")) };
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.EC2;

        class Example : Stack
        {
            void Build()
            {
                var props = new InstanceProps { MachineImage = MachineImage.GenericLinux(new Dictionary<string, string> { ["eu-central-1"] = "ami-0123456789abcdef0" }) };
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["Init"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        ("CloudFormation::Init changes the running instance when the template changes: bake an image, and replace the instance.", null);
}
