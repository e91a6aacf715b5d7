using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A resource of the CDK that holds data and goes with its stack.</summary>
public sealed class DataDestroyedWithResource : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3205";

    /// <inheritdoc/>
    public override string Title => "Data that is destroyed with its resource";

    /// <inheritdoc/>
    public override bool HasFix => true;

    /// <inheritdoc/>
    public override string Category => "Data";

    /// <inheritdoc/>
    public override string Reason =>
        "When a change replaces this resource, or its stack is deleted, the data goes with it. "
        + "Retain it or take a snapshot; what is only for tests may say so in a suppression.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-9", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.RemovalPolicy.html"];

    /// <inheritdoc/>
    public override string Library => "Amazon.CDK.Lib 2.103.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        [
            "Amazon.CDK.AWS.DocDB.DatabaseClusterProps", "Amazon.CDK.AWS.DynamoDB.TableProps", "Amazon.CDK.AWS.EC2.VolumeProps",
            "Amazon.CDK.AWS.EFS.FileSystemProps", "Amazon.CDK.AWS.FSx.LustreFileSystemProps", "Amazon.CDK.AWS.KMS.KeyProps",
            "Amazon.CDK.AWS.OpenSearchService.DomainProps", "Amazon.CDK.AWS.RDS.DatabaseClusterProps",
            "Amazon.CDK.AWS.RDS.DatabaseInstanceProps", "Amazon.CDK.AWS.RDS.ServerlessClusterProps", "Amazon.CDK.AWS.S3.BucketProps",
            "Amazon.CDK.AWS.Cognito.UserPoolProps",
        ];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.DynamoDB;

        class Example : Stack
        {
            void Build()
            {
                var props = new TableProps { RemovalPolicy = RemovalPolicy.DESTROY };
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.DynamoDB;

        class Example : Stack
        {
            void Build()
            {
                var props = new TableProps { RemovalPolicy = RemovalPolicy.RETAIN };
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["RemovalPolicy"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        value.NameOfValue() == "DESTROY"
            ? ("The data goes with this resource when a change replaces it: retain it, or take a snapshot.",
                CSharpFix.Replace("RemovalPolicy.RETAIN"))
            : null;
}
