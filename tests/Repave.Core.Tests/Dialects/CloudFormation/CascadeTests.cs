using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.CloudFormation;

/// <summary>Cascades, each worked out by hand from AWS's documentation of the types: what a change drags along, and through what.</summary>
public class CascadeTests
{
    private const string Network = """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Range: {Type: String, Default: 10.0.0.0/16}
          Stage: {Type: String, Default: test}
          Image: {Type: String, Default: ami-1}
        Mappings:
          Sizes:
            test: {type: t3.small, zone: a}
            live: {type: m7i.large, zone: b}
        Conditions:
          IsLive: !Equals [!Ref Stage, live]
        Resources:
          Vpc:
            Type: AWS::EC2::VPC
            Properties: {CidrBlock: !Ref Range, EnableDnsSupport: true}
          Subnet:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: false}
          Group:
            Type: AWS::EC2::SecurityGroup
            Properties: {GroupDescription: web, VpcId: !Ref Vpc}
          Web:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: !Ref Image
              SubnetId: !Ref Subnet
              SecurityGroupIds: [!GetAtt Group.GroupId]
              InstanceType: !FindInMap [Sizes, !Ref Stage, type]
          Address:
            Type: AWS::EC2::EIP
            Properties: {InstanceId: !Ref Web}
          Alarm:
            Type: AWS::CloudWatch::Alarm
            Properties:
              ComparisonOperator: GreaterThanThreshold
              EvaluationPeriods: 1
              Dimensions: [{Name: InstanceId, Value: !Ref Web}]
          Record:
            Type: AWS::Route53::RecordSet
            Properties: {Name: web.example.com, Type: A, ResourceRecords: [!GetAtt Web.PrivateIp]}
          Extra:
            Type: AWS::SNS::Topic
            Condition: IsLive
            Properties: {DisplayName: !Sub "web in ${Vpc}"}
          Target:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {VpcId: !Ref Vpc, Port: 80}
          Depends:
            Type: AWS::SQS::Queue
            DependsOn: Web
        Outputs:
          Vpc:
            Value: !Ref Vpc
            Export: {Name: network-vpc}
        """;

    private const string Functions = """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Memory: {Type: Number, Default: 128}
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties: {Path: /a/, AssumeRolePolicyDocument: {}}
          Function:
            Type: AWS::Lambda::Function
            Properties:
              Role: !GetAtt Role.Arn
              Code: {S3Bucket: builds, S3Key: one.zip}
              MemorySize: !Ref Memory
              Environment: {Variables: {QUEUE: !Ref Queue, TABLE: !Ref Table}}
          Version:
            Type: AWS::Lambda::Version
            Properties: {FunctionName: !Ref Function}
          Alias:
            Type: AWS::Lambda::Alias
            Properties: {FunctionName: !Ref Function, FunctionVersion: !GetAtt Version.Version, Name: live}
          Permission:
            Type: AWS::Lambda::Permission
            Properties: {FunctionName: !Ref Function, Action: "lambda:InvokeFunction", Principal: s3.amazonaws.com}
          Queue:
            Type: AWS::SQS::Queue
            Properties: {VisibilityTimeout: 30, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}}
          Dead:
            Type: AWS::SQS::Queue
            Properties: {FifoQueue: false}
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties: {Queues: [!Ref Queue], PolicyDocument: {}}
          Source:
            Type: AWS::Lambda::EventSourceMapping
            Properties: {EventSourceArn: !GetAtt Queue.Arn, FunctionName: !Ref Function}
          Topic:
            Type: AWS::SNS::Topic
            Properties: {DisplayName: orders, FifoTopic: false}
          Subscription:
            Type: AWS::SNS::Subscription
            Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn}
          Table:
            Type: AWS::DynamoDB::Table
            DeletionPolicy: Retain
            Properties: {BillingMode: PAY_PER_REQUEST, KeySchema: [{AttributeName: id, KeyType: HASH}]}
          Setting:
            Type: AWS::SSM::Parameter
            Properties: {Type: String, Value: one}
          Reader:
            Type: AWS::SNS::Topic
            Properties: {DisplayName: !GetAtt Setting.Value}
        """;

    private const string Group = """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Password: {Type: String, NoEcho: true, Default: hunter2}
        Resources:
          Template:
            Type: AWS::EC2::LaunchTemplate
            Properties: {LaunchTemplateData: {ImageId: ami-1, InstanceType: t3.small}}
          Web:
            Type: AWS::AutoScaling::AutoScalingGroup
            UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 1}}
            Properties:
              MinSize: "1"
              MaxSize: "2"
              LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
          Scaling:
            Type: AWS::AutoScaling::ScalingPolicy
            Properties: {AutoScalingGroupName: !Ref Web}
          Cluster:
            Type: AWS::ECS::Cluster
            Properties: {ClusterName: shop}
          Task:
            Type: AWS::ECS::TaskDefinition
            Properties: {Cpu: "256", ContainerDefinitions: [{Name: web, Image: "web:1.4.2"}]}
          Service:
            Type: AWS::ECS::Service
            Properties: {Cluster: !Ref Cluster, TaskDefinition: !Ref Task, DesiredCount: 2}
          Subnets:
            Type: AWS::RDS::DBSubnetGroup
            Properties: {DBSubnetGroupDescription: shop, SubnetIds: [subnet-1, subnet-2]}
          Database:
            Type: AWS::RDS::DBInstance
            DeletionPolicy: Snapshot
            UpdateReplacePolicy: Snapshot
            Properties:
              DBSubnetGroupName: !Ref Subnets
              Engine: postgres
              AllocatedStorage: "20"
              MasterUserPassword: !Ref Password
              StorageEncrypted: true
              KmsKeyId: !Ref Key
          Key:
            Type: AWS::KMS::Key
            Properties: {Description: shop, EnableKeyRotation: true}
          KeyName:
            Type: AWS::KMS::Alias
            Properties: {AliasName: alias/shop, TargetKeyId: !Ref Key}
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: shop-uploads}
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: [{Resource: !Sub "${Bucket.Arn}/*"}]}}
        """;

    public static TheoryData<string, string, string, string> Cases => new()
    {
        // The network: VpcId and SubnetId are create-only, so that one range moves nearly everything; names and records follow in place.
        { Network, "Default: 10.0.0.0/16", "Default: 10.1.0.0/16", "Vpc replace | Subnet replace < Vpc | Group replace < Vpc | Web replace "
            + "< Subnet, Group | Address in-place < Web | Alarm in-place < Web | Record in-place < Web | Target replace < Vpc" },
        { Network, "EnableDnsSupport: true", "EnableDnsSupport: false", "Vpc in-place" },
        { Network, "CidrBlock: 10.0.1.0/24", "CidrBlock: 10.0.2.0/24",
            "Subnet replace | Web replace < Subnet | Address in-place < Web | Alarm in-place < Web | Record in-place < Web" },
        { Network, "MapPublicIpOnLaunch: false", "MapPublicIpOnLaunch: true", "Subnet in-place" },
        { Network, "Default: ami-1", "Default: ami-2",
            "Web replace | Address in-place < Web | Alarm in-place < Web | Record in-place < Web" },
        // SecurityGroupIds may replace: whether it does depends on the instance's network, and so does what follows.
        { Network, "GroupDescription: web", "GroupDescription: shop",
            "Group replace | Web replace? < Group | Address in-place? < Web | Alarm in-place? < Web | Record in-place? < Web" },
        // Another stage: another instance type (may replace), and a topic that was not there.
        { Network, "Default: test", "Default: live",
            "Web replace? | Address in-place? < Web | Alarm in-place? < Web | Record in-place? < Web | Extra create" },
        { Network, "test: {type: t3.small", "test: {type: t3.medium",
            "Web replace? | Address in-place? < Web | Alarm in-place? < Web | Record in-place? < Web" },
        // A value that no branch uses.
        { Network, "live: {type: m7i.large", "live: {type: m7i.xlarge", "" },
        { Network, "Port: 80", "Port: 81", "Target replace" },
        { Network, "Name: web.example.com", "Name: shop.example.com", "Record replace" },
        { Network, "EvaluationPeriods: 1", "EvaluationPeriods: 2", "Alarm in-place" },
        // What only waits is not changed.
        { Network, "    DependsOn: Web\n", "", "" },
        // Functions.
        { Functions, "Path: /a/", "Path: /b/", "Role replace | Function in-place < Role" },
        { Functions, "S3Key: one.zip", "S3Key: two.zip", "Function in-place" },
        { Functions, "Default: 128", "Default: 256", "Function in-place" },
        { Functions, "VisibilityTimeout: 30", "VisibilityTimeout: 60", "Queue in-place" },
        { Functions, "FifoQueue: false", "FifoQueue: true", "Dead replace | Queue in-place < Dead" },
        { Functions, "FifoTopic: false", "FifoTopic: true", "Topic replace | Subscription replace < Topic" },
        { Functions, "DisplayName: orders", "DisplayName: shop", "Topic in-place" },
        { Functions, "Properties: {VisibilityTimeout: 30,", "Properties: {QueueName: orders, VisibilityTimeout: 30,",
            "Queue replace | Function in-place < Queue | Policy in-place < Queue | Source replace < Queue | Subscription replace < Queue" },
        { Functions, "MemorySize: !Ref Memory", "FunctionName: orders", "Function replace | Version replace < Function | Alias replace < "
            + "Function, Version | Permission replace < Function | Source in-place < Function" },
        { Functions, "AttributeName: id", "AttributeName: key", "Table replace | Function in-place < Table" },
        // An attribute that is the property itself.
        { Functions, "Value: one", "Value: two", "Setting in-place | Reader in-place < Setting" },
        // A new version of a launch template rolls the group that follows the latest.
        { Group, "ImageId: ami-1", "ImageId: ami-2", "Template in-place | Web roll < Template" },
        { Group, "LaunchTemplateData: {ImageId: ami-1", "LaunchTemplateName: shop, LaunchTemplateData: {ImageId: ami-1",
            "Template replace | Web roll < Template" },
        { Group, "MaxSize: \"2\"", "MaxSize: \"3\"", "Web in-place" },
        { Group, "Image: \"web:1.4.2\"", "Image: \"web:1.5.0\"", "Task replace | Service roll < Task" },
        { Group, "ClusterName: shop", "ClusterName: store", "Cluster replace | Service replace < Cluster" },
        { Group, "DBSubnetGroupDescription: shop", "DBSubnetGroupDescription: store", "Subnets in-place" },
        { Group, "Properties: {DBSubnetGroupDescription: shop", "Properties: {DBSubnetGroupName: shop, DBSubnetGroupDescription: shop",
            "Subnets replace | Database replace < Subnets" },
        { Group, "Engine: postgres", "Engine: mysql", "Database replace?" },
        { Group, "BucketName: shop-uploads", "BucketName: store-uploads", "Bucket replace | BucketPolicy replace < Bucket" },
        { Group, "Default: hunter2", "Default: hunter3", "Database in-place" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void AChangeDragsAlongWhatItMust(string template, string from, string to, string expected)
    {
        Assert.Contains(from, template, StringComparison.Ordinal);
        var plan = Plan(template, template.Replace(from, to, StringComparison.Ordinal));
        var found = plan.Changes.Where(c => c.Action != PlanAction.None)
            .Select(c => $"{c.Id.Name} {PlanNames.Of(c.Action)}{(c.Certainty == Certainty.Conditional ? "?" : "")}"
                + $"{(c.CausedBy.Count == 0 ? "" : $" < {string.Join(", ", c.CausedBy.Select(i => i.Name))}")}");
        Assert.Equal(expected.Split(" | ", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal));
        // Every reason has its line, and no secret is shown.
        Assert.All(plan.Changes.SelectMany(c => c.Reasons), r => Assert.True(r.Range is not null && r.Why.Length > 0));
        Assert.DoesNotContain(plan.Changes.SelectMany(c => c.Reasons),
            r => $"{r.From}{r.To}{r.Why}".Contains("hunter", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BackAgainIsNothingAndTheSameTemplateIsInSync(string template, string from, string to, string expected)
    {
        var changed = template.Replace(from, to, StringComparison.Ordinal);
        Assert.True(Plan(changed, changed).IsEmpty, expected);
    }

    [Fact]
    public void ReasonsNameWhatForcesThem()
    {
        var plan = Plan(Network, Network.Replace("Default: 10.0.0.0/16", "Default: 10.1.0.0/16", StringComparison.Ordinal));
        var vpc = plan.Changes.Single(c => c.Id.Name == "Vpc");
        Assert.Equal(("Properties.CidrBlock", "\"10.0.0.0/16\"", "\"10.1.0.0/16\"", "update requires replacement"),
            (vpc.Reasons[0].Path, vpc.Reasons[0].From, vpc.Reasons[0].To, vpc.Reasons[0].Why));
        Assert.Contains(vpc.Warnings,
            w => w.Kind == PlanWarningKind.Breaks && w.Message.Contains("exported output 'Vpc'", StringComparison.Ordinal));
        var web = plan.Changes.Single(c => c.Id.Name == "Web");
        Assert.Equal("Properties.SubnetId", web.Reasons[0].Path);
        Assert.Equal("Subnet changes, because Subnet is replaced; update requires replacement", web.Reasons[0].Why);
    }

    [Fact]
    public void PoliciesAndNamesAreSaid()
    {
        var bucket = Plan(Functions, Functions.Replace("AttributeName: id", "AttributeName: key", StringComparison.Ordinal)).Changes
            .Single(c => c.Id.Name == "Table");
        Assert.Contains(bucket.Warnings,
            w => w.Kind == PlanWarningKind.DataLoss && w.Message.Contains("UpdateReplacePolicy", StringComparison.Ordinal));
        var database = Plan(Group, Group.Replace("StorageEncrypted: true", "StorageEncrypted: false", StringComparison.Ordinal)).Changes
            .Single(c => c.Id.Name == "Database");
        Assert.Contains(database.Warnings,
            w => w.Kind == PlanWarningKind.Notice && w.Message.Contains("snapshot", StringComparison.Ordinal));
        var deleted = Plan(Functions, Functions.Replace("  Table:\n    Type: AWS::DynamoDB::Table\n    DeletionPolicy: Retain\n"
            + "    Properties: {BillingMode: PAY_PER_REQUEST, KeySchema: [{AttributeName: id, KeyType: HASH}]}\n",
            "", StringComparison.Ordinal).Replace(", TABLE: !Ref Table", "", StringComparison.Ordinal)).Changes
            .Single(c => c.Id.Name == "Table");
        Assert.Equal(PlanAction.Delete, deleted.Action);
        Assert.Contains(deleted.Warnings, w => w.Message.Contains("nothing manages it any more", StringComparison.Ordinal));
        // Another property replaces a bucket that keeps its name.
        var named = Plan(Functions, Functions.Replace("Properties: {FifoQueue: false}", "Properties: {FifoQueue: true, QueueName: dead}",
            StringComparison.Ordinal), ("FifoQueue: false", "FifoQueue: false, QueueName: dead")).Changes
            .Single(c => c.Id.Name == "Dead");
        Assert.Contains(named.Warnings,
            w => w.Kind == PlanWarningKind.Refused && w.Message.Contains("QueueName", StringComparison.Ordinal));
        var noPolicy = Group.Replace("    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 1}}\n", "",
            StringComparison.Ordinal);
        var group = Plan(noPolicy, noPolicy.Replace("ImageId: ami-1", "ImageId: ami-2", StringComparison.Ordinal)).Changes
            .Single(c => c.Id.Name == "Web");
        Assert.Equal(PlanAction.InPlace, group.Action);
        Assert.Contains(group.Warnings, w => w.Kind == PlanWarningKind.NotRolledOut);
    }

    private static Plan Plan(string before, string after, (string From, string To)? earlier = null) =>
        Planner.Plan([Manifest.Parse("a.yaml", after)], new Baseline("before", [Manifest.Parse("a.yaml",
            earlier is var (from, to) ? before.Replace(from, to, StringComparison.Ordinal) : before)])
        { IsEarlierState = true },
            Settings.Default, new PlanOptions());
}
