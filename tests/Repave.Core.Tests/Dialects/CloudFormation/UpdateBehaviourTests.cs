using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.CloudFormation;

/// <summary>Single changes of properties, each answered as AWS publishes it. The table comes straight from the registry's lists and the
/// published database (<c>Generator cloudformation-updates</c>), not through the pack that plans read.</summary>
public class UpdateBehaviourTests
{
    [Fact]
    public void EachChangeDoesWhatIsPublished()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Fixtures", "cloudformation-updates.tsv"))
            .Where(l => !l.StartsWith('#')).Select(l => l.Split('\t')).ToList();
        Assert.True(rows.Count >= 300 && rows.Select(r => r[0]).Distinct().Count() >= 60);
        var wrong = rows.Where(r => !Fits(r[0], r[4], PlanOf(r[0], r[1], r[2], r[3]))).Select(r => string.Join(' ', r)).ToList();
        Assert.Empty(wrong);
    }

    [Fact]
    public void ExplainSaysTheSame()
    {
        var rows = DialectCatalogue.All.OfType<IPlans>().SelectMany(d => d.Explain("aws::sqs::queue", null)).ToDictionary(e => e.Path);
        Assert.Equal((Effect.Replaces, Certainty.Certain), (rows["QueueName"].Effect, rows["QueueName"].Certainty));
        Assert.Equal(Effect.InPlace, rows["VisibilityTimeout"].Effect);
    }

    private static bool Fits(string type, string published, ResourceChange change) => published switch
    {
        "yes" => change is { Action: PlanAction.Replace, Certainty: Certainty.Certain, Mechanism: ResourceChange.CreateAndDelete },
        // A group's UpdatePolicy decides, and without one its instances stay.
        "maybe" when type == "AWS::AutoScaling::AutoScalingGroup" => change.Action is PlanAction.InPlace or PlanAction.Roll,
        // Without UseOnlineResharding in an UpdatePolicy its groups are those of a new one.
        "maybe" when type == "AWS::ElastiCache::ReplicationGroup" => change is { Action: PlanAction.Replace },
        "maybe" => change is { Action: PlanAction.Replace, Certainty: Certainty.Conditional },
        _ => change.Action is PlanAction.InPlace or PlanAction.Roll,
    };

    private static ResourceChange PlanOf(string type, string property, string from, string to)
    {
        string Template(string value)
        {
            var parts = property.Split('.');
            var inner = parts.Length == 1 ? $"\"{parts[0]}\": {value}" : $"\"{parts[0]}\": {{\"{parts[1]}\": {value}}}";
            return $"{{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {{\"It\": {{\"Type\": \"{type}\", "
                + $"\"Properties\": {{{inner}}}}}}}}}";
        }

        var plan = Planner.Plan([Manifest.Parse("a.json", Template(to))], new Baseline("before", [Manifest.Parse("a.json", Template(from))])
        {
            IsEarlierState = true,
        }, Settings.Default, new PlanOptions());
        return Assert.Single(plan.Changes);
    }
}
