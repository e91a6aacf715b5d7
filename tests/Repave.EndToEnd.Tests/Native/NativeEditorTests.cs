using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Repave.LanguageServer.Tests;

namespace Repave.EndToEnd.Tests.Native;

/// <summary>A session of an editor has the same answers natively and on .NET.</summary>
public sealed class NativeEditorTests : IDisposable
{
    private const string Text = "# yaml-language-server: $schema=./size.json\nsize: big\n";
    private const string Manifest = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: many
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:latest
                  imagePullPolicy: 
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-native-editor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ASessionHasTheSameAnswers()
    {
        NativeProgram.Require();
        var workspace = Path.Combine(_folder, "workspace");
        Directory.CreateDirectory(workspace);
        File.WriteAllText(Path.Combine(workspace, "web.yaml"), Manifest + "Always\n");
        File.WriteAllText(Path.Combine(workspace, "size.json"), """{"properties":{"size":{"type":"integer"}}}""");
        const string service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec: {selector: {app: web}, ports: [{port: 80}]}\n";
        File.WriteAllText(Path.Combine(workspace, "other.yaml"), service);
        var built = Session([Tool.Built[0], "exec", CopyWithDescriptions(Path.GetDirectoryName(Tool.Built[^1])!, "repave.dll")], workspace);
        var program = NativeProgram.Command[0];
        var native = Session([CopyWithDescriptions(Path.GetDirectoryName(program)!, Path.GetFileName(program))], workspace);
        Assert.Equal(built.Select(a => a.Asked), native.Select(a => a.Asked));
        foreach (var (one, other) in built.Zip(native))
            NativeProgram.AssertSame(one.Asked, Encoding.UTF8.GetBytes(one.Answer), Encoding.UTF8.GetBytes(other.Answer));
        string AnswerTo(string asked) => native.Single(a => a.Asked == asked).Answer;
        Assert.Contains("RPV0011", AnswerTo("diagnostics of web.yaml"), StringComparison.Ordinal);
        Assert.Contains("RPV0011", AnswerTo("diagnostics of text.yaml"), StringComparison.Ordinal);
        Assert.Contains("IfNotPresent", AnswerTo("textDocument/completion 17"), StringComparison.Ordinal);
        // What stands in the folder of descriptions beside each program.
        Assert.Contains("How many of them.", AnswerTo("textDocument/hover 5"), StringComparison.Ordinal);
    }

    // A copy of the program, for packing puts descriptions into the program's own folder.
    private string CopyWithDescriptions(string from, string program)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, program)).FullName;
        foreach (var file in Directory.EnumerateFiles(from, program.EndsWith(".dll", StringComparison.Ordinal) ? "*" : program))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        Directory.CreateDirectory(Path.Combine(folder, "descriptions"));
        using var packed = File.Create(Path.Combine(folder, "descriptions", "kubernetes.descriptions.gz"));
        using var stream = new GZipStream(packed, CompressionLevel.Fastest);
        stream.Write("[V1DeploymentSpec]\nreplicas\tHow many of them.\n"u8);
        return Path.Combine(folder, program);
    }

    private static List<(string Asked, string Answer)> Session(IReadOnlyList<string> command, string workspace)
    {
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), "lsp"])
        {
            WorkingDirectory = workspace,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var answers = new List<(string, string)>();
        using (var client = new Client(process.StandardInput.BaseStream, process.StandardOutput.BaseStream))
        {
            void Add(string asked, JsonNode? answer) => answers.Add((asked, answer?.ToJsonString() ?? "null"));
            void Ask(string method, JsonObject parameters, string? name = null)
            {
                var answer = client.Send(method, parameters).GetAwaiter().GetResult();
                // Its number depends on how often it was asked whether the files have been read.
                answer.Remove("id");
                Add(name ?? method, answer);
            }

            Add("initialize", client.Initialize(workspace));
            // The answers are the same once every file has been read, which takes both their time.
            var clock = Stopwatch.StartNew();
            while (client.Request("workspace/symbol", new JsonObject { ["query"] = "" })!.AsArray().Count < 2)
            {
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "the files were not read");
                Thread.Sleep(20);
            }

            var uri = new Uri(Path.Combine(workspace, "web.yaml")).AbsoluteUri;
            client.Open(uri, Manifest);
            Add("diagnostics of web.yaml", client.Diagnostics(uri, 1));
            client.Change(uri, 2, new JsonObject { ["range"] = Range(5, 12, 5, 16), ["text"] = "2" });
            Add("diagnostics after an edit", client.Diagnostics(uri, 2));
            client.Completion(uri, 5, 4);
            foreach (var (line, character) in ((int, int)[])[(5, 4), (6, 6), (16, 12), (17, 27)])
            {
                foreach (var method in (string[])["hover", "completion", "definition", "references", "prepareRename"])
                {
                    var at = Client.At(uri, line, character);
                    at["context"] = new JsonObject { ["includeDeclaration"] = true };
                    Ask("textDocument/" + method, at, $"textDocument/{method} {line}");
                }
            }

            string[] whole = ["documentSymbol", "foldingRange", "documentLink", "codeLens", "diagnostic", "codeAction", "selectionRange"];
            foreach (var method in whole)
            {
                Ask("textDocument/" + method, new JsonObject
                {
                    ["textDocument"] = new JsonObject { ["uri"] = uri },
                    ["range"] = Range(0, 0, 17, 0),
                    ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() },
                    ["positions"] = new JsonArray(new JsonObject { ["line"] = 5, ["character"] = 4 }),
                });
            }

            Ask("workspace/symbol", new JsonObject { ["query"] = "" });
            Ask("textDocument/nonsense", []);
            Ask("textDocument/hover", new JsonObject { ["textDocument"] = 7 }, "hover that is none");
            var text = new Uri(Path.Combine(workspace, "text.yaml")).AbsoluteUri;
            client.Open(text, Text);
            Add("diagnostics of text.yaml", client.Diagnostics(text, 1));
            Ask("textDocument/hover", Client.At(text, 1, 1), "hover of text.yaml");
            Ask("shutdown", []);
            client.Notify("exit", []);
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        }

        answers.Add(("exit code", $"{process.ExitCode}"));
        return answers;
    }

    private static JsonObject Range(int startLine, int start, int endLine, int end) => new()
    {
        ["start"] = new JsonObject { ["line"] = startLine, ["character"] = start },
        ["end"] = new JsonObject { ["line"] = endLine, ["character"] = end },
    };
}
