using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A resource of the CDK with a name of its author's choice.</summary>
public sealed class FixedPhysicalName : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3206";

    /// <inheritdoc/>
    public override string Title => "Name that blocks replacement";

    /// <inheritdoc/>
    public override bool HasFix => true;

    /// <inheritdoc/>
    public override string Category => "Replacement";

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "CloudFormation makes the new resource before it deletes the old one, "
        + "so a resource with a fixed name cannot be replaced: the name is taken. "
        + "Let CloudFormation name it, and pass the name on by reference.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html"];

    /// <inheritdoc/>
    public override string Library => "Amazon.CDK.Lib 2.103.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        [
            "Amazon.CDK.AWS.DynamoDB.TableProps", "Amazon.CDK.AWS.RDS.DatabaseInstanceProps", "Amazon.CDK.AWS.RDS.DatabaseClusterProps",
            "Amazon.CDK.AWS.SQS.QueueProps", "Amazon.CDK.AWS.SNS.TopicProps", "Amazon.CDK.AWS.Lambda.FunctionProps",
            "Amazon.CDK.AWS.AutoScaling.AutoScalingGroupProps", "Amazon.CDK.AWS.EC2.SecurityGroupProps", "Amazon.CDK.AWS.IAM.RoleProps",
            "Amazon.CDK.AWS.S3.BucketProps", "Amazon.CDK.AWS.ElasticLoadBalancingV2.ApplicationLoadBalancerProps",
        ];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.SQS;

        class Example : Stack
        {
            void Build()
            {
                var props = new QueueProps { QueueName = "orders" };
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.SQS;

        class Example : Stack
        {
            void Build()
            {
                var props = new QueueProps { VisibilityTimeout = Duration.Seconds(30) };
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties =>
        [
            "AutoScalingGroupName", "BucketName", "ClusterIdentifier", "FunctionName", "InstanceIdentifier", "LoadBalancerName",
            "QueueName", "RoleName", "SecurityGroupName", "TableName", "TopicName",
        ];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        value.Text() is { Length: > 0 } name
            ? ($"'{name}' is taken as long as the old resource lives, so a change that replaces it will fail: "
                + $"leave {property.Property.Name} out, and pass the name on by reference.", CSharpFix.Remove(property.Property.Name))
            : null;
}
