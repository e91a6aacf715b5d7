using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.CloudFormation;

/// <summary>What public reports and the templates of other tools show that a check must say, or leave alone; the texts are our
/// own.</summary>
public class PublishedCaseTests
{
    private const string Head = "AWSTemplateFormatVersion: \"2010-09-09\"\n";

    [Theory]
    // A short function under a long one is read.
    [InlineData("""
        Resources:
          Server:
            Type: AWS::EC2::Instance
            Properties:
              ImageId: ami-0123456789abcdef0
              UserData:
                Fn::Base64: !Sub |
                  echo ${Nope}
              SubnetId:
                Fn::ImportValue: !Sub "${Netx}-subnet"
        """, "RPV0040 9, RPV0040 11")]
    // Parameters: defaults, keys, kinds; functions that do not exist; names.
    [InlineData("""
        Parameters:
          C: {Type: String, MinLength: 3, Default: ab}
          D: {Type: String, AllowedPattern: "^[a-z]+$", Default: A1}
          G: {Type: Number, Default: abc}
          H: {Type: String, MaxLenght: 3}
          I: {Type: String, NoEcho: 123}
          J: {Type: Number, MaxLength: 2}
          K: {Type: String, AllowedValues: one}
        Conditions:
          X: !Equalz [a, b]
        Resources:
          R_1:
            Type: AWS::SQS::Queue
          my.Queue:
            Type: AWS::SQS::Queue
        """, "RPV0049 3, RPV0049 4, RPV0049 5, RPV0010 6, RPV0011 7, RPV0010 8, RPV0011 9, RPV0047 11, RPV0014 13, RPV0014 15")]
    [InlineData("""
        Resources:
          Topic:
            Type: AWS::SNS::Topic
        Outputs:
          A: {Value: a, Export: {}}
          B: {Value: b, BadName: c}
          C: {Value: [a, b]}
        """, "RPV0012 6, RPV0010 7, RPV0011 8")]
    // Snapshots of what has none; update policies.
    [InlineData("""
        Resources:
          User:
            Type: AWS::IAM::User
            DeletionPolicy: Snapshot
          Group:
            Type: AWS::AutoScaling::AutoScalingGroup
            UpdatePolicy:
              AutoScalingRollingUpdate:
                MaxBatchSize: many
                WaitOnResourceSignals: perhaps
                SuspendProcesses: [Nothing]
            Properties:
              MinSize: "1"
              MaxSize: "2"
              LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
        """, "RPV0013 5, RPV0011 10, RPV0011 11, RPV0013 12")]
    // Keys that a mapping does not have.
    [InlineData("""
        Mappings:
          Sizes:
            test: {type: small}
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !FindInMap [Sizes, live, type]
              TopicName: !FindInMap [Sizes, test, kind]
        """, "RPV0047 9, RPV0047 10")]
    // Keys of a table and their definitions.
    [InlineData("""
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}]
        """, "RPV0020 5")]
    // Security groups: grammar, sources, and the id of a group without a network.
    [InlineData("""
        Resources:
          A:
            Type: AWS::EC2::SecurityGroup
            Properties: {GroupDescription: a}
          B:
            Type: AWS::EC2::SecurityGroupIngress
            Properties:
              GroupId: !Ref A
              IpProtocol: "-1"
              CidrIp: 10.0.0.0/8
              SourceSecurityGroupId: sg-12345678
        """, "RPV0014 9, RPV0013 12")]
    [InlineData("""
        Resources:
          None:
            Type: AWS::EC2::Subnet
            Properties: {VpcId: vpc-12345678}
        """, "RPV0012 5")]
    // Policies: elements, versions, what they lack.
    [InlineData("""
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Version: "2012-10-18"
                Statement:
                  - Effect: Permit
                    Action: "s3:GetObject"
                    Resource: "*"
                    Principal: "*"
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: {Version: "2012-10-17"}
        """, "RPV0013 7, RPV0013 9, RPV0010 12, RPV0012 16")]
    // What is not wrong: custom resources, local paths, connectors, circles that only events make.
    [InlineData("""
        Resources:
          Custom:
            Type: AWS::CloudFormation::CustomResource
            Version: "1.0"
            Properties: {ServiceToken: arn:aws:sns:eu-central-1:123456789012:topic, Anything: [a]}
          Function:
            Type: AWS::Lambda::Function
            Properties:
              Role: arn:aws:iam::123456789012:role/a
              Handler: a.b
              Runtime: provided.al2023
              Code: ./
        """, "")]
    [InlineData("""
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Api:
            Type: AWS::Serverless::Api
            Properties:
              StageName: live
              DefinitionBody: {openapi: 3.0.1, info: {title: !Ref Function}}
          Function:
            Type: AWS::Serverless::Function
            Properties:
              Handler: a.b
              Runtime: provided.al2023
              CodeUri: ./a
              Events:
                Get: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /, Method: get}}
          Graph:
            Type: AWS::Serverless::GraphQLApi
            Properties:
              SchemaUri: ./schema
              Auth: {Type: AWS_IAM}
              DataSources: {DynamoDb: {Main: {TableName: !GetAtt Source.Name}}}
          Source:
            Type: AWS::AppSync::DataSource
            Connectors: {Read: {Properties: {Destination: {Id: Function}, Permissions: [Read]}}}
            Properties: {ApiId: !GetAtt Graph.ApiId, Name: a, Type: NONE}
        """, "")]
    public void WhatIsWrongIsSaidAtItsLine(string text, string expected)
    {
        var found = ManifestAnalysis.Check([Manifest.Parse("a.yaml", Head + text)], new AnalysisOptions(Settings.Default)).Findings
            .Where(f => f.Severity == Severity.Error).OrderBy(f => f.Range.Start.Line).Select(f => $"{f.Rule.Id} {f.Range.Start.Line + 1}");
        Assert.Equal(expected, string.Join(", ", found));
    }

    [Fact]
    public void ConditionsOfConditionsTakeNoTime()
    {
        // Each names the next ten times, and the last the first: a tree of them has no end.
        var conditions = string.Concat(Enumerable.Range(0, 40).Select(i =>
            $"  C{i}: !And [{string.Join(", ", Enumerable.Repeat($"!Condition C{(i + 1) % 40}", 9))}, !Equals [!Ref P{i}, a]]\n"));
        var parameters = string.Concat(Enumerable.Range(0, 40).Select(i => $"  P{i}: {{Type: String}}\n"));
        var buckets = string.Concat(Enumerable.Range(0, 40).Select(i => $"  B{i}:\n    Type: AWS::S3::Bucket\n    Condition: C{i}\n"
            + $"    Properties: {{BucketName: !If [C{(i + 7) % 40}, one, two]}}\n"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = ManifestAnalysis.Check([Manifest.Parse("a.yaml",
            $"{Head}Parameters:\n{parameters}Conditions:\n{conditions}Resources:\n{buckets}")],
            new AnalysisOptions(Settings.Default));
        Assert.DoesNotContain(result.Findings, f => f.Rule.Id == "RPV0004");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }
}
