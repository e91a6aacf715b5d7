using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Semantic tokens over the wire, read back as words with what they are (<c>function:join</c>; a star marks a declaration).</summary>
public sealed class SemanticMarkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-marks-").FullName;
    private string[] _types = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("resource \"aws_instance\" \"web\" {\n}\n", "keyword:resource type:\"aws_instance\" *variable:\"web\"")]
    [InlineData("a = join(\",\", var.b.c) # d\n",
        "property:a operator:= function:join string:\" string:, string:\" variable:var property:b property:c comment:# d")]
    [InlineData("a = [for k, v in local.m : v if true]\n",
        "property:a operator:= keyword:for variable:k variable:v keyword:in variable:local property:m operator:: variable:v keyword:if "
        + "keyword:true")]
    [InlineData("a = {\n  b   = 1\n  \"c\" = \"x${null}\"\n}\n",
        "property:a operator:= property:b operator:= number:1 property:\"c\" operator:= string:\" string:x operator:${ keyword:null "
        + "operator:} string:\"")]
    [InlineData("a = <<EOT\nx\nEOT\n", "property:a operator:= string:<<EOT string:x string:EOT")]
    [InlineData("a = var.b[\nc = 1\n", "property:a operator:= variable:var property:b variable:c operator:= number:1")]
    public void TheWordsOfHcl(string text, string expected) => Assert.Equal(expected, Words("main.tf", text));

    [Fact]
    public void TheWordsOfCloudFormation()
    {
        const string text = "Parameters:\n  Stage: {Type: String}\nConditions:\n  IsProd: !Equals [!Ref Stage, prod]\nResources:\n"
            + "  Orders:\n    Type: AWS::SQS::Queue\n    Condition: IsProd\n    Properties:\n      QueueName: !Sub \"${Stage}-${AWS::Region}\"\n"
            + "Outputs:\n  Arn:\n    Value:\n      Fn::GetAtt: [Orders, Arn]\n";
        Assert.Equal("*parameter:Stage *variable:IsProd function:!Equals function:!Ref parameter:Stage *variable:Orders function:!Sub "
            + "parameter:Stage variable:AWS::Region *variable:Arn function:Fn::GetAtt variable:Orders", Words("stack.yaml", text));
    }

    [Fact]
    public void TheWordsOfCloudFormationInJson()
    {
        const string text = """
            {"Resources": {"Orders": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "AWS::StackName"}}}}}
            """;
        Assert.Equal("*variable:\"Orders\" function:\"Ref\" variable:\"AWS::StackName\"", Words("stack.json", text));
    }

    [Fact]
    public void TheWordsOfTemplates()
    {
        Write("chart/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
        Write("chart/values.yaml", "a: 1\n");
        const string text = "{{- /* why */ -}}\n{{ define \"x\" }}a: {{ .Values.a | quote }}{{ end }}\n"
            + "b: {{ if eq $.Values.a 1.5 }}{{ $c := true }}{{ end }}\n";
        const string expected = "comment:/* why */ operator:{{ keyword:define string:\"x\" operator:}} operator:{{ "
            + "property:.Values property:.a operator:| function:quote operator:}} operator:{{ keyword:end operator:}} operator:{{ "
            + "keyword:if function:eq variable:$ property:.Values property:.a number:1.5 operator:}} operator:{{ variable:$c operator::= "
            + "keyword:true operator:}} operator:{{ keyword:end operator:}}";
        Assert.Equal(expected, Words("chart/templates/a.yaml", text));
        Assert.Equal(expected, Words("chart/templates/_a.tpl", text));
    }

    [Fact]
    public void OfARangeOnlyItsLines()
    {
        const string text = "a = 1\nb = 2\nc = 3\n";
        Assert.Equal("property:b operator:= number:2",
            Words("main.tf", text, """{"start":{"line":1,"character":0},"end":{"line":1,"character":5}}"""));
    }

    [Fact]
    public void OtherManifestsHaveNone() => Assert.Equal("", Words("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"));

    private string Words(string path, string text, string? range = null)
    {
        Write(path, text);
        using var client = new Client();
        var capabilities = client.Initialize(_folder)!["capabilities"]!["semanticTokensProvider"]!;
        Assert.True((bool)capabilities["full"]!);
        Assert.True((bool)capabilities["range"]!);
        _types = [.. capabilities["legend"]!["tokenTypes"]!.AsArray().Select(type => (string)type!)];
        var uri = new Uri(Path.Combine(_folder, path)).AbsoluteUri;
        client.Open(uri, text);
        client.Diagnostics(uri, 1);
        string Ask()
        {
            var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } };
            if (range is not null)
                parameters["range"] = JsonNode.Parse(range);
            return Read(text, client.Request($"textDocument/semanticTokens/{(range is null ? "full" : "range")}", parameters)!["data"]!
                .AsArray());
        }

        // What lies around a file is known once the workspace was read.
        for (var tries = 0; tries < 600 && path.Contains("chart/", StringComparison.Ordinal) && Ask().Length == 0; tries++)
            Thread.Sleep(50);
        return Ask();
    }

    private string Read(string text, JsonArray data)
    {
        var lines = text.Split('\n');
        var words = new List<string>();
        var (line, character) = (0, 0);
        for (var i = 0; i < data.Count; i += 5)
        {
            character = (int)data[i]! == 0 ? character + (int)data[i + 1]! : (int)data[i + 1]!;
            line += (int)data[i]!;
            words.Add($"{((int)data[i + 4]! == 1 ? "*" : "")}{_types[(int)data[i + 3]!]}:{lines[line].Substring(character, (int)data[i + 2]!)}");
        }

        return string.Join(' ', words);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
