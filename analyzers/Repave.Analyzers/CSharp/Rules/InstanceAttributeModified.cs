using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>An attribute of a running EC2 instance is changed.</summary>
public sealed class InstanceAttributeModified : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3101";

    /// <inheritdoc/>
    public override string Title => "EC2 instance changed in place";

    /// <inheritdoc/>
    public override string Reason =>
        "An instance whose attributes are changed by a call differs from the template that it was launched from, "
        + "and its replacement will not have the change. "
        + "Change the launch template, and replace the instance.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html"];

    /// <inheritdoc/>
    public override string Library => "AWSSDK.EC2 4.0.132";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.EC2.IAmazonEC2"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.EC2;
        using Amazon.EC2.Model;

        class Example
        {
            async Task Run(IAmazonEC2 ec2)
            {
                await ec2.ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = "i-1", InstanceType = "m7i.large" });
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.EC2;
        using Amazon.EC2.Model;

        class Example
        {
            async Task Run(IAmazonEC2 ec2)
            {
                await ec2.CreateLaunchTemplateVersionAsync(new CreateLaunchTemplateVersionRequest { LaunchTemplateName = "web" });
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods =>
        ["ModifyInstanceAttribute", "ModifyInstanceMetadataOptions", "ModifyInstanceCreditSpecification"];

    internal override string? Judge(IInvocationOperation call) =>
        $"{call.TargetMethod.Name} changes an instance in place: change its launch template, and replace the instance.";
}
