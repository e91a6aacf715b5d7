using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A command is sent to running instances through Systems Manager.</summary>
public sealed class CommandSentToInstances : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3103";

    /// <inheritdoc/>
    public override string Title => "Command sent to running instances";

    /// <inheritdoc/>
    public override string Reason =>
        "What a command changes on running instances is in no image, and instances that are launched later do not have it. "
        + "Put it into the image or the user data, and replace the instances.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html"];

    /// <inheritdoc/>
    public override string Library => "AWSSDK.SimpleSystemsManagement 4.0.105";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.SimpleSystemsManagement.IAmazonSimpleSystemsManagement"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.SimpleSystemsManagement;
        using Amazon.SimpleSystemsManagement.Model;

        class Example
        {
            async Task Run(IAmazonSimpleSystemsManagement ssm)
            {
                await ssm.SendCommandAsync(new SendCommandRequest { DocumentName = "AWS-RunShellScript" });
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.SimpleSystemsManagement;
        using Amazon.SimpleSystemsManagement.Model;

        class Example
        {
            async Task Run(IAmazonSimpleSystemsManagement ssm)
            {
                await ssm.GetParameterAsync(new GetParameterRequest { Name = "/images/web" });
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["SendCommand", "CreateAssociation", "UpdateAssociation",
        "StartAutomationExecution", "StartSession"];

    internal override string? Judge(IInvocationOperation call) =>
        $"{call.TargetMethod.Name} changes running instances, and those that come later will not have the change: "
        + "put it into the image, and replace them.";
}
