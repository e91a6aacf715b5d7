using System.Globalization;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>How changes come about, against a written table of numbers that follow from what the platforms document
/// (<c>tests/Fixtures/steps.txt</c>).</summary>
public class TabledStepsTests
{
    private const string Pods = "{metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: \"web:IMAGE\"}]}}";

    private static readonly string File = Path.Combine(Repository.Root, "tests", "Fixtures", "steps.txt");

    public static TheoryData<string> Rows()
    {
        var rows = new TheoryData<string>();
        foreach (var line in System.IO.File.ReadLines(File).Where(l => l.Length > 0 && l[0] != '#'))
            rows.Add(line);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void StepsAreThoseOfTheTable(string line)
    {
        var cells = line.Split(" | ");
        var (kind, spec) = (cells[0], cells[1].Trim());
        var plan = kind switch
        {
            "compose" => Plan("compose.yaml", $"name: shop\nservices:\n  web:\n    image: \"web:IMAGE\"\n    {spec}\n"),
            "terraform" => Plan("main.tf", $"resource \"terraform_data\" \"it\" {{\n  triggers_replace = IMAGE\n  lifecycle {{\n"
                + $"    {spec}\n  }}\n}}\n"),
            _ => Plan("a.yaml", TextOf(kind, spec), NodesOf(spec)),
        };
        var steps = plan.Changes.Select(c => c.Steps).LastOrDefault(s => s is not null);
        Assert.True(steps is not null, $"no steps ({string.Join(", ", plan.Changes.Select(c => $"{c.Id.Type} {c.Action}"))})");
        foreach (var expected in cells[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('=')))
            Assert.True(Value(steps!, expected[0]) == expected[1],
                $"{expected[0]} {Value(steps!, expected[0])} instead of {expected[1]}: {line}");
    }

    [Fact]
    public void TheTableHasMoreThanAHundredAndTwentyRowsAndEachSaysSomethingElse()
    {
        var rows = System.IO.File.ReadLines(File).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(" | ")).ToList();
        Assert.True(rows.Count >= 120, $"{rows.Count}");
        Assert.Equal(rows.Count, rows.Select(r => r[0] + r[1]).Distinct().Count());
        Assert.All(rows, r => Assert.Equal(4, r.Length));
    }

    private static Plan Plan(string path, string text, int? nodes = null) => Planner.Plan(
        [Manifest.Parse("new/" + path, text.Replace("IMAGE", "2", StringComparison.Ordinal))],
        new Baseline("old", [Manifest.Parse("old/" + path, text.Replace("IMAGE", "1", StringComparison.Ordinal))])
        {
            IsEarlierState = true,
            Roots = ["old"],
        },
        Settings.Default, new PlanOptions { Roots = ["new"], Nodes = nodes });

    private static int? NodesOf(string spec) => spec.StartsWith("nodes: ", StringComparison.Ordinal)
        ? int.Parse(spec["nodes: ".Length..].Split(';')[0], CultureInfo.InvariantCulture) : null;

    private static string TextOf(string kind, string spec)
    {
        var lines = string.Concat(spec.Split("; ").Where(l => l.Length > 0 && !l.StartsWith("nodes:", StringComparison.Ordinal)
            && !l.StartsWith("n: ", StringComparison.Ordinal) && !l.StartsWith("rollout: ", StringComparison.Ordinal))
            .Select(l => $"  {l}\n"));
        string Workload(string api, string type, string more = "") => $"apiVersion: {api}\nkind: {type}\nmetadata: {{name: web}}\nspec:\n"
            + $"{lines}{more}  selector: {{matchLabels: {{app: web}}}}\n  template: {Pods}\n";
        string Resource(string type, string properties, string policy = "") =>
            $"Resources:\n  It:\n    Type: {type}\n{policy}    Properties:\n{properties}";
        return kind switch
        {
            "deployment" => Workload("apps/v1", "Deployment"),
            "statefulset" => Workload("apps/v1", "StatefulSet", "  serviceName: web\n"),
            "daemonset" => Workload("apps/v1", "DaemonSet"),
            "rollout" => Workload("argoproj.io/v1alpha1", "Rollout"),
            "knative" => "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: web\n"
                + (spec.StartsWith("rollout: ", StringComparison.Ordinal)
                    ? $"  annotations: {{serving.knative.dev/rollout-duration: {spec["rollout: ".Length..].Split(';')[0]}}}\n" : "")
                + $"spec:\n{lines}  template: {Pods}\n",
            "canary" => "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n"
                + $"  template: {Pods}\n---\napiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {{name: web}}\nspec:\n"
                + "  targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n  service: {port: 80}\n"
                + $"  analysis: {{{spec}}}\n",
            "alias" => Resource("AWS::Lambda::Alias", "      FunctionName: f\n      Name: live\n      FunctionVersion: 'IMAGE'\n",
                "    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: !Ref App, DeploymentGroupName: !Ref Group}}\n")
                + $"  App: {{Type: AWS::CodeDeploy::Application, Properties: {{ComputePlatform: Lambda}}}}\n  Group:\n"
                + "    Type: AWS::CodeDeploy::DeploymentGroup\n    Properties:\n      ApplicationName: !Ref App\n"
                + $"      ServiceRoleArn: role\n      DeploymentConfigName: CodeDeployDefault.{spec}\n",
            "service" => Resource("AWS::ECS::Service", string.Concat(spec.Split("; ").Select(l => $"      {l}\n"))
                + "      TaskDefinition: 'web:IMAGE'\n"),
            _ => Resource("AWS::AutoScaling::AutoScalingGroup", $"      MinSize: '{SizeOf(spec)}'\n      MaxSize: '{2 * SizeOf(spec)}'\n"
                + "      LaunchTemplate: {LaunchTemplateId: lt-1, Version: 'IMAGE'}\n",
                $"    UpdatePolicy: {{{spec[(spec.IndexOf("; ", StringComparison.Ordinal) + 2)..]}}}\n"),
        };
    }

    private static int SizeOf(string spec) => int.Parse(spec["n: ".Length..].Split(';')[0], CultureInfo.InvariantCulture);

    private static string Value(ReplacementSteps steps, string name) => name switch
    {
        "min" => $"{steps.MinAvailable}",
        "max" => $"{steps.MaxTotal}",
        "rolled" => $"{steps.PodsRolled}",
        "steps" => string.Join(',', steps.Steps),
        "minutes" => steps.Minutes is { } minutes ? Math.Round(minutes, 4).ToString(CultureInfo.InvariantCulture) : "",
        "person" => steps.NeedsPerson == true ? "yes" : steps.NeedsPerson == false ? "no" : "",
        "stuck" => steps.CannotProgress == true ? "yes" : steps.CannotProgress == false ? "no" : "",
        "kept" => $"{steps.OldKeptSeconds}",
        "rollback" => steps.RollbackMinutes is { } back ? Math.Round(back, 4).ToString(CultureInfo.InvariantCulture) : "",
        "failures" => $"{steps.CircuitBreakerFailures}",
        "feature" => steps.NeedsFeature ?? "",
        _ => throw new InvalidOperationException($"no field {name}"),
    };
}
