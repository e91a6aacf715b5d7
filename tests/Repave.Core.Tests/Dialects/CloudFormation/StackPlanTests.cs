using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.CloudFormation;

/// <summary>Plans of pairs of templates, each judged by AWS's documentation: what its own exceptions make of a change (update policies,
/// keys of
/// tables, names, ranges, exports, conditions and parameters that only the stack knows, what does not follow).</summary>
public class StackPlanTests
{
    private const string Stages = "Parameters: {Stage: {Type: String}}\nConditions: {IsLive: !Equals [!Ref Stage, live]}\n";

    /// <summary>What it is about; the template; what stands in it before and after; what is planned.</summary>
    public static TheoryData<string, string, string, string, string> Cases => Read();

    public static TheoryData<string, string, string, string> Exports => new()
    {
        { "Outputs: {O: {Value: !Ref Q, Export: {Name: queue}}}", "", "Breaks The export 'queue' goes", "Q none | O delete" },
        { "Outputs: {O: {Value: !Ref Q, Export: {Name: queue}}}", "Outputs: {O: {Value: !Ref Q, Export: {Name: jobs}}}",
            "Breaks The export 'queue' is renamed to 'jobs'", "Q none | O in-place" },
        { "Outputs: {O: {Value: one, Export: {Name: queue}}}", "Outputs: {O: {Value: two, Export: {Name: queue}}}",
            "Breaks The value of the export 'queue' changes", "Q none | O in-place" },
        { "Outputs: {O: {Value: one, Export: {Name: queue}}}", "Outputs: {P: {Value: one, Export: {Name: queue}}}", "", "Q none" },
        { "Outputs: {O: {Value: one}}", "", "", "Q none" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void PlansFollowWhatAwsDocuments(string about, string template, string from, string to, string expected)
    {
        Assert.True(template.Contains("#V#", StringComparison.Ordinal), about);
        var before = Whole(template.Replace("#V#", from, StringComparison.Ordinal));
        var after = Whole(template.Replace("#V#", to, StringComparison.Ordinal));
        var plan = Plan(before, after);
        var found = plan.Changes.Where(c => c.Action != PlanAction.None || c.Warnings.Count > 0).Select(Line);
        Assert.Equal(expected.Split(" | ", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal));
        Assert.All(plan.Changes.SelectMany(c => c.Reasons), r => Assert.True(r.Range is not null && r.Why.Length > 0));
        Assert.True(Plan(after, after).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Exports))]
    public void ExportsThatChangeAreSaid(string from, string to, string said, string expected)
    {
        var plan = Plan(Whole("Q: {Type: AWS::SQS::Queue}", from), Whole("Q: {Type: AWS::SQS::Queue}", to));
        Assert.Equal(expected, string.Join(" | ", plan.Changes.Select(c => $"{c.Id.Name} {PlanNames.Of(c.Action)}")));
        var warnings = plan.Changes.SelectMany(c => c.Warnings).Where(w => w.Message.Contains("xport", StringComparison.Ordinal)).ToList();
        Assert.Equal(said.Length > 0 ? 1 : 0, warnings.Count);
        Assert.All(warnings, w => Assert.StartsWith(said, $"{w.Kind} {w.Message}", StringComparison.Ordinal));
        Assert.Empty(plan.Notes);
    }

    // Whoever imports the new name by then has it kept.
    [Theory]
    [InlineData("net-vpc-2", "never")]
    [InlineData("other", "in-place")]
    public void ARenamedExportGoesBackUnlessItIsImported(string imported, string how)
    {
        string Network(string name) => Whole("V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}",
            $"Outputs: {{O: {{Value: !Ref V, Export: {{Name: {name}}}}}}}");
        var shop = Whole(
            $"G: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: d, VpcId: !ImportValue {imported}}}}}");
        var plan = Planner.Plan([Manifest.Parse("network.yaml", Network("net-vpc-2")), Manifest.Parse("shop.yaml", shop)],
            new Baseline("before", [Manifest.Parse("network.yaml", Network("net-vpc"))]) { IsEarlierState = true },
            Settings.Default, new PlanOptions { SaysWayBack = true });
        var output = plan.Changes.Single(c => c.Id.Name == "O");
        Assert.Equal((PlanAction.InPlace, how), (output.Action, output.Back!.Name));
        Assert.NotEmpty(output.Back.Reasons);
    }

    [Fact]
    public void AnExportThatAnotherTemplateImportsIsRefused()
    {
        var network = Whole("V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}",
            "Outputs: {O: {Value: !Ref V, Export: {Name: net-vpc}}}");
        var shop = Whole("G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d, VpcId: !ImportValue net-vpc}}");
        var moved = network.Replace("10.0.0.0/16", "10.1.0.0/16", StringComparison.Ordinal);
        var plan = Planner.Plan([Manifest.Parse("network.yaml", moved), Manifest.Parse("shop.yaml", shop)],
            new Baseline("before", [Manifest.Parse("network.yaml", network), Manifest.Parse("shop.yaml", shop)]) { IsEarlierState = true },
            Settings.Default, new PlanOptions());
        var vpc = plan.Changes.Single(c => c.Id.Name == "V");
        Assert.Contains(vpc.Warnings, w => w.Kind == PlanWarningKind.Refused && w.Message.Contains("shop.yaml", StringComparison.Ordinal));
    }

    [Fact]
    public void NestedTemplatesOfTheSameFolderChangeTheirStacks()
    {
        var parent = Whole("""
            S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./parts/queue.yaml}}
            T: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt S.Outputs.Name}}
            """);
        var child = Whole("Q: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 1}}");
        Plan PlanOf(string later) => Planner.Plan([Manifest.Parse("shop/all.yaml", parent), Manifest.Parse("shop/parts/queue.yaml", later)],
            new Baseline("before", [Manifest.Parse("shop/all.yaml", parent), Manifest.Parse("shop/parts/queue.yaml", child)])
            { IsEarlierState = true }, Settings.Default, new PlanOptions());
        Assert.True(PlanOf(child).IsEmpty);
        var plan = PlanOf(child.Replace("Timeout: 1", "Timeout: 2", StringComparison.Ordinal));
        Assert.Equal(["Q in-place", "S in-place", "T replace?"],
            plan.Changes.Select(Line).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatAnUncertainChangeDependsOnIsSaidInWords()
    {
        var plan = Plan(Whole(Stages + "Resources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !If [IsLive, a, b]}}}"),
            Whole(Stages + "Resources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !If [IsLive, a, c]}}}"));
        Assert.StartsWith("that depends on the condition 'IsLive'", plan.Changes.Single().Reasons[0].Why, StringComparison.Ordinal);
        var gone = Plan(Whole(Stages + "Resources: {Q: {Type: AWS::SQS::Queue}}"),
            Whole(Stages + "Resources: {Q: {Type: AWS::SQS::Queue, Condition: IsLive}}"));
        Assert.Equal("it is deleted unless the condition 'IsLive' holds", gone.Changes.Single().Note);
    }

    private static string Line(ResourceChange change)
    {
        var kinds = change.Warnings.Select(w => w.Kind.ToString()).Distinct().Order(StringComparer.Ordinal);
        var at = change.Id.Name.IndexOf("ApiDeployment", StringComparison.Ordinal);
        // The name's end is a hash of what is served.
        return $"{(at < 0 ? change.Id.Name : change.Id.Name[..(at + 13)])} {PlanNames.Of(change.Action)}"
            + (change.Certainty == Certainty.Conditional ? "?" : "") + string.Concat(kinds.Select((k, i) => (i == 0 ? " " : ",") + k));
    }

    private static TheoryData<string, string, string, string, string> Read()
    {
        var cases = new TheoryData<string, string, string, string, string>();
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Fixtures", "cloudformation-plans.txt"));
        foreach (var part in text.Split("\n== ").Skip(1))
        {
            var lines = part.TrimEnd().Split('\n');
            string After(string mark) => lines.Single(l => l.StartsWith(mark, StringComparison.Ordinal))[2..].TrimStart();
            var template = lines.Skip(1).TakeWhile(l => !l.StartsWith("<-", StringComparison.Ordinal));
            cases.Add(lines[0], string.Join('\n', template), After("<-"), After("->"), After("=>"));
        }

        return cases;
    }

    // Resources without a section around them get one.
    private static string Whole(string text, string more = "") => "AWSTemplateFormatVersion: '2010-09-09'\n"
        + (text.Contains("Resources:", StringComparison.Ordinal) ? text
            : "Resources:\n" + string.Join("\n", text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => "  " + l))) + "\n"
                + more + "\n";

    private static Plan Plan(string before, string after) =>
        Planner.Plan([Manifest.Parse("a.yaml", after)],
            new Baseline("before", [Manifest.Parse("a.yaml", before)]) { IsEarlierState = true },
            Settings.Default, new PlanOptions());
}
