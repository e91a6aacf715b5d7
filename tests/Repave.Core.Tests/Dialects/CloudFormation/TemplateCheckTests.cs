using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.CloudFormation;

/// <summary>What is said of templates, and what is left alone.</summary>
public class TemplateCheckTests(ITestOutputHelper output)
{
    private const string Head = "AWSTemplateFormatVersion: \"2010-09-09\"\n";

    [Theory]
    [InlineData("Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibiltyTimeout: 3\n", "RPV0010 error 6:7")]
    [InlineData("Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: soon\n", "RPV0011 error 6:26")]
    [InlineData("Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: \"30\"\n"
        + "      SqsManagedSseEnabled: \"true\"\n"
        + "      QueueName: 7\n", "")]
    [InlineData("Resources:\n  A:\n    Type: AWS::EC2::Subnet\n    Properties:\n      CidrBlock: 10.0.0.0/24\n", "RPV0012 error 5:5")]
    [InlineData("Resources:\n  A:\n    Type: AWS::SQS::Queu\n", "RPV0019 warning 4:11")]
    [InlineData("Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Propertys: {}\n", "RPV0010 error 5:5")]
    [InlineData("Resources:\n  A:\n    Type: AWS::SQS::Queue\n    DeletionPolicy: Keep\n", "RPV0013 error 5:21")]
    [InlineData("Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n"
        + "      Tags: !If [X, [{Key: a, Valu: b}], !Ref AWS::NoValue]\nConditions:\n  X: !Equals [!Ref AWS::Region, a]\n",
        "RPV0012 error 5:5,RPV0012 error 6:22,RPV0010 error 6:31")]
    [InlineData("Transform: AWS::Serverless-2016-10-31\nResources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties:\n"
        + "      SnapStart: {ApplyOn: PublishedVersions}\n      Handler: a\n      Runtime: java21\nOutputs:\n  B:\n    Value: !GetAtt ARole.Arn\n", "")]
    [InlineData("Transform: Mine\nResources:\n  A:\n    Type: AWS::SQS::Queue\n    Count: 3\n    Properties: !Mine x\n", "")]
    [InlineData("Resources:\n  A:\n    Type: Custom::Thing\n    Properties:\n      ServiceToken: a\n      Anything: [1]\n  B:\n"
        + "    Type: Acme::Sea::Boat\n"
        + "    Properties: {Length: 3}\n", "")]
    [InlineData("Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Topics:\n    - Name\n    - [a, b]\n"
        + "    - \"Topic${Name}\":\n        Type: AWS::SNS::Topic\nOutputs:\n  B:\n    Value: !Ref Topica\n", "")]
    [InlineData("Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: \"{{resolve:ssm:/name:3}}\"\n"
        + "      DelaySeconds: \"{{resolve:ssm:/delay:1}}\"\n", "")]
    public void TemplatesAreValidatedAsFarAsTheyCanBe(string text, string expected)
    {
        var found = ManifestAnalysis.Check([Manifest.Parse("a.yaml", Head + text)], new AnalysisOptions(Settings.Default)).Findings
            .Where(f => f.Severity >= Severity.Warning);
        Assert.Equal(expected, string.Join(",", found.Select(
            f => $"{f.Rule.Id} {f.Severity.ToString().ToLowerInvariant()} {f.Range.Start.Line + 1}:{f.Range.Start.Character + 1}")));
    }

    [Theory]
    [InlineData("Function", "{InlineCode: x, Handler: a.b}", "needs 'Runtime'")]
    [InlineData("Function", "{ImageUri: a, PackageType: Image, Layers: [a]}", "takes no Layers")]
    [InlineData("Function", "{ImageUri: a}", "")]
    [InlineData("Function", "{PackageType: !Ref Kind, CodeUri: .}", "")]
    [InlineData("Function", "{CodeUri: ., Handler: a.b, Runtime: python3.14, Events: {E: {Type: Schedule, Properties: {Input: a}}}}", "needs 'Schedule'")]
    [InlineData("Function", "{CodeUri: ., Handler: a.b, Runtime: python3.14, Events: {E: {Type: HttpApi}}}", "")]
    [InlineData("Api", "{Name: a}", "needs 'StageName'")]
    [InlineData("StateMachine", "{Name: a}", "needs 'Definition' or 'DefinitionUri'")]
    [InlineData("HttpApi", "{}", "")]
    public void WhatTheServerlessModelNeeds(string type, string properties, string expected)
    {
        var text = $"{Head}Transform: AWS::Serverless-2016-10-31\nParameters:\n  Kind: {{Type: String}}\nResources:\n  A:\n"
            + $"    Type: AWS::Serverless::{type}\n    Properties: {properties}\n";
        var found = ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default)).Findings
            .Where(f => f.Severity == Severity.Error).ToList();
        if (expected.Length == 0)
            Assert.Empty(found);
        else
            Assert.Contains(expected, Assert.Single(found).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Globals:\n  Function:\n    Runtime: python3.14\n", 0)]
    [InlineData("", 1)]
    public void WhatGlobalsSayCounts(string globals, int errors)
    {
        var text = $"{Head}Transform: AWS::Serverless-2016-10-31\n{globals}Resources:\n  A:\n    Type: AWS::Serverless::Function\n"
            + "    Properties: {CodeUri: ., Handler: a.b}\n";
        var found = ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default)).Findings;
        Assert.Equal(errors, found.Count(f => f.Severity == Severity.Error));
    }

    [Fact]
    public void ACircleIsSaidAtEachOfItsResources()
    {
        var text = Head + "Resources:\n  A:\n    Type: AWS::SNS::Topic\n    DependsOn: B\n  B:\n    Type: AWS::SNS::Topic\n    DependsOn: C\n"
            + "  C:\n    Type: AWS::SNS::Topic\n    DependsOn: A\n  D:\n    Type: AWS::SNS::Topic\n    DependsOn: A\nConditions:\n  Is&3_Zones: !Equals [a, b]\n";
        var found = ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default)).Findings
            .Where(f => f.Severity == Severity.Error);
        Assert.Equal(["5 A → B → C → A", "8 B → C → A → B", "11 C → A → B → C"],
            found.Select(f => $"{f.Range.Start.Line + 1} {f.Message.Split(": ")[1].TrimEnd('.')}"));
    }

    [Theory]
    [InlineData("${self:provider.stage}", "")] // the Serverless Framework's: another file may define it
    [InlineData("prod", "RPV0040")]
    public void APartOfAFrameworksTemplateRefersToOtherParts(string stage, string expected)
    {
        var text = $"Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: {stage}\n"
            + "      KmsMasterKeyId: !Ref Key\n";
        var found = ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default)).Findings;
        Assert.Equal(expected, string.Join(",", found.Where(f => f.Severity == Severity.Error).Select(f => f.Rule.Id)));
    }

    [Fact]
    public void NoPublicTemplateHasAnErrorThatIsNone()
    {
        var root = SharedData.Require("data/corpus/cloudformation");
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json")
            .Select(f => Manifest.Parse(Path.GetRelativePath(root, f), File.ReadAllText(f))).ToList();
        var result = ManifestAnalysis.Check(files, new AnalysisOptions(Settings.Default));
        foreach (var rule in result.Findings.GroupBy(f => (f.Rule.Id, f.Severity)).OrderBy(g => g.Key.Id, StringComparer.Ordinal))
            output.WriteLine($"{rule.Key.Id} {rule.Key.Severity} {rule.Count()}");
        Assert.True(result.Resources > 2000);
        // All of them were read; none was a mistake of its template.
        Assert.DoesNotContain(result.Findings, f => f.Severity == Severity.Error);
    }
}
