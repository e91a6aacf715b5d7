using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>An EC2 instance of the CDK whose user data changes without replacing it.</summary>
public sealed class UserDataChangesNothing : CreationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3201";

    /// <inheritdoc/>
    public override string Title => "User data that changes nothing";

    /// <inheritdoc/>
    public override bool HasFix => true;

    /// <inheritdoc/>
    public override string Category => "Replacement";

    /// <inheritdoc/>
    public override string Reason =>
        "User data runs at the first start only, so changing it restarts the instance and runs nothing, "
        + "and instance and code say different things. "
        + "Let a change of the user data replace the instance.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.InstanceProps.html#userdatacausesreplacement"];

    /// <inheritdoc/>
    public override string Library => "Amazon.CDK.Lib 2.103.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.CDK.AWS.EC2.InstanceProps"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.EC2;

        class Example : Stack
        {
            void Build()
            {
                var props = new InstanceProps { UserData = UserData.ForLinux() };
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
                var props = new InstanceProps { UserData = UserData.ForLinux(), UserDataCausesReplacement = true };
            }
        }
        """;

    internal override (string Message, CSharpFix? Fix)? Judge(IObjectCreationOperation creation) =>
        creation.ValueOf("UserDataCausesReplacement") switch
        {
            null when !creation.Lacks("UserData") => (Message, CSharpFix.Set("UserDataCausesReplacement", "true")),
            { } given when given.Flag() == false => (Message, null),
            _ => null,
        };

    private const string Message = "User data runs once, so changing it does nothing to this instance: set UserDataCausesReplacement, "
        + "so a change replaces it.";
}
