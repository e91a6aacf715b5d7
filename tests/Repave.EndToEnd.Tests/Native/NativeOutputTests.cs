using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Native;

/// <summary>Every command answers natively what it answers on .NET, to the byte.</summary>
public sealed class NativeOutputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-native-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("check --help")]
    [InlineData("plan --help")]
    [InlineData("verify --help")]
    [InlineData("verify README.md")]
    [InlineData("report --help")]
    [InlineData("report --since no-such-branch")]
    [InlineData("snapshot --help")]
    [InlineData("explain --help")]
    [InlineData("rules --help")]
    [InlineData("lsp --help")]
    [InlineData("chek")]
    [InlineData("check")]
    [InlineData("check nowhere.yaml")]
    [InlineData("check . --format xml")]
    [InlineData("check . --format")]
    [InlineData("check . --nonsense")]
    [InlineData("check . --kubernetes-version 1.12")]
    [InlineData("check . --config nowhere.yaml")]
    [InlineData("check . --diff")]
    [InlineData("check samples --known README.md")]
    [InlineData("plan samples/shop")]
    [InlineData("plan samples/shop --from git:no-such-branch")]
    [InlineData("plan samples/shop --from samples/shop --fail-on everything")]
    [InlineData("plan samples/shop --from samples/shop --timeout soon")]
    [InlineData("snapshot --from samples/shop")]
    [InlineData("snapshot --from samples/shop -o nowhere/snapshot.yaml")]
    [InlineData("explain Nothing")]
    [InlineData("rules RPV9999")]
    public void HelpAndBadArguments(string arguments) => NativeProgram.Same(Repository.Root, Words(arguments));

    [Theory]
    [InlineData("check samples", 1)]
    [InlineData("check samples --format json", 1)]
    [InlineData("check samples --format sarif", 1)]
    [InlineData("check samples --format github", 1)]
    [InlineData("check samples --format junit", 1)]
    [InlineData("check samples --fail-on never --kubernetes-version 1.32", 0)]
    [InlineData("check samples/shop-flawed --fix --diff", 1)]
    [InlineData("check samples/shop-next --from samples/shop.snapshot.yaml --format json", 1)]
    [InlineData("check tests/Fixtures schemas --fail-on never --format json", 0)]
    [InlineData("plan samples/shop-next --from samples/shop.snapshot.yaml", 0)]
    [InlineData("plan samples/shop-next --from samples/shop.snapshot.yaml --format json", 0)]
    [InlineData("plan samples/shop-next --from samples/shop.snapshot.yaml --format markdown", 0)]
    [InlineData("plan samples/shop-next --from samples/shop.snapshot.yaml --format html", 0)]
    [InlineData("plan samples/shop-next --from samples/shop.snapshot.yaml --format intoto", 0)]
    [InlineData("plan samples/shop-next --from samples/shop --fail-on replace", 1)]
    [InlineData("plan samples/stack-next --from samples/stack", 0)]
    [InlineData("plan samples/stack-next --from samples/stack --format json", 0)]
    [InlineData("plan samples/stack-next --from samples/stack --format markdown", 0)]
    [InlineData("plan samples/stack-next --from samples/stack --format html", 0)]
    [InlineData("explain Deployment", 0)]
    [InlineData("explain StatefulSet spec.volumeClaimTemplates", 0)]
    [InlineData("explain AWS::SQS::Queue", 0)]
    [InlineData("rules", 0)]
    [InlineData("rules --controls", 0)]
    [InlineData("rules RPV1001", 0)]
    [InlineData("rules RPV3001", 0)]
    public void ChecksPlansAndExplanations(string arguments, int exitCode)
    {
        // With and without colours, for markup is a library's work.
        var plain = NativeProgram.Same(Repository.Root, Words(arguments));
        NativeProgram.Same(Repository.Root, Words(arguments), isColoured: true);
        Assert.Equal((exitCode, ""), (plain.ExitCode, plain.Error));
        Assert.NotEmpty(plain.Output);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    [InlineData("junit")]
    [InlineData("gitlab")]
    public void RealManifests(string format)
    {
        var corpus = SharedData.Require("data/corpus");
        Assert.True(NativeProgram.Same(corpus, ["check", ".", "--format", format, "--fail-on", "never"]).Output.Length > 10_000);
    }

    [Fact]
    public void StandardInputAndSettings()
    {
        Write("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: yes, b: ü}\n");
        const string pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: 100}\n";
        Assert.Equal(1, NativeProgram.Same(_folder, ["check", "-", "--format", "json"], pod).ExitCode);
        Write(".repave.yaml", "rules:\n  RPV0011: warning\n");
        Assert.Equal(0, NativeProgram.Same(_folder, ["check", "."]).ExitCode);
        Write(".repave.yaml", "rules:\n  RPV0011: loud\nplans: 7\nnonsense: true\n");
        Assert.Equal(2, NativeProgram.Same(_folder, ["check", "."]).ExitCode);
    }

    [Fact]
    public void WrittenFiles()
    {
        File.WriteAllText(Path.Combine(_folder, "key"), "0123456789abcdef0123456789abcdef");
        var samples = Path.Combine(Repository.Root, "samples");
        SameFiles("snapshot", "--from", Path.Combine(samples, "shop"), "-o", "snapshot.yaml", "--hash-key-file", "../key");
        SameFiles("rules", "--markdown", "pages");
        SameFiles("check", samples, "--write-known", "known.json");
        SameFiles("check", ".", "--fix", "--fail-on", "never");
    }

    // Each program writes in a folder of its own, of the same name, so that what it says of paths is the same.
    private void SameFiles(params string[] arguments)
    {
        NativeProgram.Require();
        var work = Path.Combine(_folder, "work");
        var written = new List<SortedDictionary<string, byte[]>>();
        foreach (var command in (IReadOnlyList<string>[])[Tool.Built, NativeProgram.Command])
        {
            Directory.CreateDirectory(work);
            const string mended = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata:\n  a: yes # kept\n  b: 017\n";
            File.WriteAllText(Path.Combine(work, "mended.yaml"), mended);
            var answer = Tool.Run(work, command[0], [.. command.Skip(1), .. arguments]);
            Assert.True(answer.ExitCode == 0, answer.Error + answer.Output);
            var files = Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories);
            written.Add(new(files.ToDictionary(f => Path.GetRelativePath(work, f), File.ReadAllBytes), StringComparer.Ordinal));
            Directory.Delete(work, recursive: true);
        }

        Assert.Equal(written[0].Keys, written[1].Keys);
        Assert.All(written[0], file => NativeProgram.AssertSame(file.Key, file.Value, written[1][file.Key]));
    }

    private static string[] Words(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
