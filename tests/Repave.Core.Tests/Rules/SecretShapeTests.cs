using System.Text;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Plans;

namespace Repave.Core.Tests.Rules;

/// <summary>All that Core says times the shapes that secrets stand in: no planted marker is in any of it.</summary>
public class SecretShapeTests
{
    private const string Old = "plantedOldMarker7", New = "plantedNewMarker8";

    private static readonly Settings Everything =
        new() { Rules = RuleCatalogue.All.ToDictionary(r => r.Id, r => r.Severity == Severity.Off ? Severity.Info : r.Severity) };

    private static readonly Dictionary<string, Func<string, string>> Shapes = new(StringComparer.Ordinal)
    {
        ["stringData"] = v => Secret($"stringData:\n  k: {v}"),
        ["data"] = v => Secret($"data:\n  k: {Base64(v)}"),
        ["data that is no base64"] = v => Secret($"data:\n  k: {v}!"),
        ["misspelt field"] = v => Secret($"stringdata:\n  k: {v}"),
        ["another field"] = v => Secret($"values:\n  k: {v}"),
        ["misspelt field with a list"] = v => Secret($"Data:\n  - {v}"),
        ["scalar data"] = v => Secret($"data: {v}"),
        ["scalar stringData"] = v => Secret($"stringData: {v}"),
        ["map in stringData"] = v => Secret($"stringData:\n  k:\n    x: {v}"),
        ["list in stringData"] = v => Secret($"stringData:\n  k: [{v}, b]"),
        ["block scalar"] = v => Secret($"stringData:\n  k: |\n    {v}\n    more"),
        ["folded"] = v => Secret($"stringData:\n  k: >-\n    {v}"),
        ["unknown alias"] = v => Secret($"stringData:\n  k: *{v}"),
        ["anchor"] = v => Secret($"stringData:\n  k: &x {v}\n  l: *x"),
        ["merge key"] = v => $"x: &x\n  k: {v}\n" + Secret("stringData:\n  <<: *x"),
        ["tag"] = v => Secret($"data:\n  k: !!binary {Base64(v)}"),
        ["duplicate"] = v => Secret($"stringData:\n  k: {v}\n  k: {v}b"),
        ["immutable"] = v => Secret($"immutable: {v}"),
        ["annotation"] = v => Secret("stringData:\n  k: x", $"    backup: {v}"),
        ["last applied"] = v => Secret("stringData:\n  k: x",
            $"    kubectl.kubernetes.io/last-applied-configuration: '{{\"kind\":\"Secret\",\"stringData\":{{\"k\":\"{v}\"}}}}'"),
        ["last applied, broken"] = v => Secret("stringData:\n  k: x",
            $"    kubectl.kubernetes.io/last-applied-configuration: '{{\"kind\":\"Secret\",\"stringData\":{{\"k\":\"{v}'"),
        ["kind in small letters"] = v => Secret($"stringData:\n  k: {v}").Replace("kind: Secret", "kind: secret", StringComparison.Ordinal),
        ["another version"] = v => Secret($"stringData:\n  k: {v}").Replace("apiVersion: v1", "apiVersion: v3", StringComparison.Ordinal),
        ["version with a space"] =
            v => Secret($"stringData:\n  k: {v}").Replace("apiVersion: v1", "apiVersion: 'v1 '", StringComparison.Ordinal),
        ["no version"] = v => Secret($"stringData:\n  k: {v}").Replace("apiVersion: v1\n", "", StringComparison.Ordinal),
        ["no kind"] = v => Secret($"stringData:\n  k: {v}").Replace("kind: Secret\n", "", StringComparison.Ordinal),
        ["in a list"] = v => "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: {name: s}\n"
            + $"    stringData: {{k: {v}}}\n",
        ["in a list, misspelt"] = v => "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n"
            + $"    metadata: {{name: s}}\n    dat: {{k: {v}}}\n",
        ["in a list of Secrets"] =
            v => $"apiVersion: v1\nkind: SecretList\nitems:\n  - metadata: {{name: s}}\n    data: {{k: {Base64(v)}}}\n",
        ["JSON"] = v => "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"},\"stringData\":{\"k\":\""
            + $"{v}\"}},\"odd\":\"{v}\"}}",
        ["tls"] = v => Secret($"type: kubernetes.io/tls\nstringData:\n  tls.key: {v}"),
        ["variable"] = v => Pod($"env:\n        - {{name: DB_PASSWORD, value: {v}}}"),
        ["variable, wrongly typed"] =
            v => Pod($"env:\n        - {{name: API_TOKEN, value: [{v}]}}").Replace($"[{v}]", v, StringComparison.Ordinal),
        ["address with a password"] = v => Pod($"env:\n        - {{name: DATABASE_URL, value: 'postgres://u:{v}@db/x'}}"),
        ["option"] = v => Pod($"command: [run, --password={v}]"),
        ["option and argument"] = v => Pod($"args: [--api-key, {v}]"),
        ["script"] = v => Pod($"command: [sh, -c, 'PGPASSWORD={v} psql']"),
        ["key of a ConfigMap"] = v => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  password: {v}\n",
        ["custom resource"] = v => $"apiVersion: y.example/v1\nkind: Db\nmetadata:\n  name: d\nspec:\n  adminPassword: {v}\n",
        ["NoEcho default"] = v => Stack(Database("!Ref P"), $"  P: {{Type: String, NoEcho: true, Default: {v}}}"),
        ["NoEcho default in a text"] = v => Stack("AWS::S3::Bucket\n    Properties:\n      BucketName: !Sub 'x-${P}'",
            $"  P: {{Type: String, NoEcho: true, Default: {v}}}"),
        ["NoEcho default not allowed"] =
            v => Stack(Database("!Ref P"), $"  P: {{Type: String, NoEcho: 'True', Default: {v}, AllowedValues: [x]}}"),
        ["NoEcho default of no size"] = v => Stack(Database("!Ref P"), $"  P: {{Type: String, NoEcho: true, Default: {v}, MaxLength: 3}}"),
        ["MasterUserPassword"] = v => Stack(Database(v)),
        ["MasterUserPassword as a list"] = v => Stack(Database($"[{v}]")),
        ["SecretString"] = v => Stack($"AWS::SecretsManager::Secret\n    Properties:\n      SecretString: {v}"),
        ["SecretString as a map"] = v => Stack($"AWS::SecretsManager::Secret\n    Properties:\n      SecretString: {{p: {v}}}"),
        ["UserData"] =
            v => Stack($"AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n      UserData: !Base64 'export PASSWORD={v}'"),
        ["Lambda variable"] = v => Stack("AWS::Lambda::Function\n    Properties:\n      Role: r\n      Code: {ZipFile: x}\n"
            + $"      Environment: {{Variables: {{DB_PASSWORD: {v}}}}}"),
        ["ECS variable"] = v => Stack("AWS::ECS::TaskDefinition\n    Properties:\n"
            + $"      ContainerDefinitions: [{{Name: a, Image: b, Environment: [{{Name: API_TOKEN, Value: {v}}}]}}]"),
        ["AuthToken"] =
            v => Stack($"AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: x\n      AuthToken: {v}"),
        ["LoginProfile"] = v => Stack($"AWS::IAM::User\n    Properties:\n      LoginProfile: {{Password: {v}}}"),
        ["users of a broker"] =
            v => Stack($"AWS::AmazonMQ::Broker\n    Properties:\n      BrokerName: a\n      Users: [{{Username: u, Password: {v}}}]"),
        ["stored parameter"] = v => Stack($"AWS::SSM::Parameter\n    Properties:\n      Type: String\n      Value: {v}"),
        ["client secret"] =
            v => Stack($"AWS::Cognito::UserPoolIdentityProvider\n    Properties:\n      ProviderDetails: {{client_secret: {v}}}"),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NoOutputHoldsTheSecret(string name)
    {
        var (before, after) = (Shapes[name](Old), Shapes[name](New));
        var path = name == "JSON" ? "a.json" : "a.yaml";
        var analysis = ManifestAnalysis.Of([Manifest.Parse(path, after)], new AnalysisOptions(Everything));
        var said = new StringBuilder();
        foreach (var finding in analysis.Findings(path))
            said.AppendLine($"{finding.Rule.Id} {finding.Message} {finding.Path} {finding.Fix?.Title} {string.Join(" ", finding.Related)}");
        AddPlan(said, Planner.Plan([Manifest.Parse(path, after)],
            new Baseline("before", [Manifest.Parse(path, before)]) { IsEarlierState = true }, Settings.Default, new PlanOptions()));
        AddPlan(said, Planning.Plan("", after));
        var snapshot = ((ISnapshots)DialectCatalogue.Of("kubernetes"))
            .Snapshot(new Baseline("live", [Manifest.Parse(path, before)]), new byte[32], holdsKey: true);
        said.AppendLine(snapshot);
        var text = said.ToString();
        foreach (var marker in (string[])[Old, New, Base64(Old), Base64(New), Old[..12], Base64(Old)[..14]])
            Assert.DoesNotContain(marker, text, StringComparison.Ordinal);
    }

    [Fact]
    public void AHiddenChangeIsStillAChange() =>
        Assert.Contains(Planning.Plan(Shapes["variable"](Old), Shapes["variable"](New)).Of("Pod", "p").Reasons,
            r => r is { IsSecret: true, From: null, To: null });

    private static void AddPlan(StringBuilder said, Plan plan)
    {
        said.AppendLine(string.Join("\n", plan.Notes));
        foreach (var change in plan.Changes)
        {
            said.AppendLine($"{change.Id} {change.Note} {string.Join("\n", change.Warnings.Select(w => w.Message))}");
            foreach (var reason in change.Reasons)
            {
                said.AppendLine($"{reason.Path} {reason.From} {reason.To} {reason.Why}");
                // What outputs show of the text.
                if (!reason.HidesLine && reason.Range is { } range && reason.Source is { } source)
                    said.AppendLine(source.Manifest.Source.Text.LineText(range.Start.Line));
            }
        }
    }

    private static string Base64(string value) => Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

    private static string Secret(string body, string annotations = "") =>
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n"
        + $"{(annotations.Length == 0 ? "" : $"  annotations:\n{annotations}\n")}{body}\n";

    private static string Pod(string container) =>
        $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: x:1\n      {container}\n";

    private static string Stack(string resource, string parameters = "") =>
        $"AWSTemplateFormatVersion: '2010-09-09'\n{(parameters.Length == 0 ? "" : $"Parameters:\n{parameters}\n")}Resources:\n  D:\n"
        + $"    Type: {resource}\n";

    private static string Database(string password) =>
        $"AWS::RDS::DBInstance\n    Properties:\n      Engine: mysql\n      MasterUsername: u\n      MasterUserPassword: {password}";
}
