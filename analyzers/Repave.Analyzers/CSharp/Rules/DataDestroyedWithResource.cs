using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Dialects.CloudFormation;

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
            "Amazon.CDK.AWS.DocDB.DatabaseClusterProps", "Amazon.CDK.AWS.DynamoDB.TableProps", "Amazon.CDK.AWS.DynamoDB.TablePropsV2",
                "Amazon.CDK.AWS.EC2.VolumeProps",
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

    internal override void Register(RuleRegistry registry)
    {
        base.Register(registry);
        registry.OnCall(this, "ApplyRemovalPolicy", LookAtCall);
    }

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value)
    {
        if (value.NameOfValue() != "DESTROY")
            return null;
        // A bucket that holds objects is not deleted: CloudFormation refuses, unless somebody empties it before.
        if (property.Property.ContainingType.Name == "BucketProps" || property.Instance?.Type?.Name == "BucketProps")
        {
            return property.Parent?.Parent?.Parent is IObjectCreationOperation made && made.ValueOf("AutoDeleteObjects").Flag() == true
                ? ("The bucket is emptied and deleted when a change replaces it: retain it, or leave AutoDeleteObjects out.",
                    CSharpFix.Replace("RemovalPolicy.RETAIN"))
                : null;
        }

        return ("The data goes with this resource when a change replaces it: retain it, or take a snapshot.",
            CSharpFix.Replace("RemovalPolicy.RETAIN"));
    }

    // table.ApplyRemovalPolicy(RemovalPolicy.DESTROY)
    private static void LookAtCall(IInvocationOperation call, OperationSink sink)
    {
        if (call.Arguments.Length == 0 || call.Arguments[0].Value.NameOfValue() != "DESTROY" || call.Instance?.Bare().Type is not { } type
            || !HoldsData(type))
            return;
        sink.Add(call.Arguments[0].Value.Bare().Syntax, type.Name == "CfnBucket"
            ? "The bucket is deleted when a change replaces it, or the change fails because it holds objects: retain it."
            : "The data goes with this resource when a change replaces it: retain it, or take a snapshot.",
                CSharpFix.Replace("RemovalPolicy.RETAIN"));
    }

    private static readonly HashSet<string> Data = new(StringComparer.Ordinal)
    {
        "Table", "TableV2", "ITable", "DatabaseInstance", "DatabaseCluster", "ServerlessCluster", "FileSystem", "LustreFileSystem",
            "Volume", "Key",
        "Domain", "UserPool",
    };

    // What the CDK wraps is known by its class; its plain resources by the type that they stand for.
    private static bool HoldsData(ITypeSymbol type)
    {
        var space = type.ContainingNamespace?.ToDisplayString() ?? "";
        const string cdk = "Amazon.CDK.AWS.";
        if (!space.StartsWith(cdk, StringComparison.Ordinal))
            return false;
        return Data.Contains(type.Name) || (type.Name.StartsWith("Cfn", StringComparison.Ordinal)
            && CloudFormationTypes.HoldsData($"AWS::{space.Substring(cdk.Length)}::{type.Name.Substring(3)}"));
    }

}
