using System.Text;

namespace Repave.Core.Tests.Support;

/// <summary>The shapes that secrets stand in, with markers in their place.</summary>
internal static class SecretShapes
{
    /// <summary>The secret before.</summary>
    public const string Old = "plantedOldMarker7";

    /// <summary>The secret after.</summary>
    public const string New = "plantedNewMarker8";

    /// <summary>A text for a secret, by what is special about it.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> All { get; } = new Dictionary<string, Func<string, string>>
    {
        ["stringData"] = v => Secret($"stringData:\n  k: {v}"),
        ["data"] = v => Secret($"data:\n  k: {Base64(v)}"),
        ["data that is not a base64"] = v => Secret($"data:\n  k: {v}!"),
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
        ["NoEcho default, repeated"] = v => Stack(Database("!Ref P"), $"  P: {{Type: String, NoEcho: true, Default: {v}}}")
            + $"Outputs:\n  O: {{Value: {v}}}\n",
        ["substituted text"] = v => Stack("AWS::SecretsManager::Secret\n    Properties:\n"
            + $"      SecretString: !Sub '${{AWS::Region}}{v}${{D}}'"),
        ["joined text"] = v => Stack(Database($"!Join ['', [{v}, x]]")),
        ["condition"] = v => Stack(Database("!Ref P"), $"  P: {{Type: String, NoEcho: true, Default: {v}}}")
            + $"Conditions:\n  C: !Equals [!Ref P, {v}]\n",
        ["comment of a template"] = v => Stack(Database(v)) + $"# the password is {v}\n",
        ["variable of a list's pod"] = v => "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n"
            + "    metadata: {name: p}\n"
            + $"    spec: {{containers: [{{name: c, image: x, env: [{{name: DB_PASSWORD, value: {v}}}]}}]}}\n",
        ["variable, repeated in an annotation"] = v => Pod($"env:\n        - {{name: DB_PASSWORD, value: {v}}}")
            .Replace("  name: p\n", $"  name: p\n  annotations: {{backup: {v}}}\n", StringComparison.Ordinal),
        ["pull secret"] = v => Secret($"type: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{{\"auth\": \"{v}\"}}'"),
        ["ENV"] = v => $"FROM alpine:latest\nENV DB_PASSWORD={v}\nENV API_TOKEN {v}\nADD https://u:{v}@example.com/x.tgz /x\n"
            + $"CMD apt-get install -y x --password={v}\n",
        ["here-document"] = v => $"FROM alpine:latest\nRUN <<EOF\nexport DB_PASSWORD={v}\nEOF\nADD https://u:{v}@example.com/x.git /x\n",
    };

    /// <summary>The name of a shape's file.</summary>
    public static string FileOf(string name) => name switch { "JSON" => "a.json", "ENV" or "here-document" => "Dockerfile", _ => "a.yaml" };

    /// <summary>Nothing that was said holds either secret, nor the better part of it.</summary>
    public static void AssertHidden(string said, string what)
    {
        foreach (var marker in (string[])[Old, New, Base64(Old), Base64(New), Old[..12], New[..12], Base64(Old)[..14], Base64(New)[..14]])
        {
            var at = said.IndexOf(marker, StringComparison.Ordinal);
            Assert.True(at < 0, at < 0 ? "" : $"{what}: {said[Math.Max(0, at - 300)..Math.Min(said.Length, at + 100)]}");
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
