using System.Reflection;
using System.Xml.Linq;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests;

/// <summary>What must never be in the house (see ARCHITECTURE.md).</summary>
public class InvariantTests
{
    private static readonly string Server = Path.Combine(Repository.Root, "server");
    private static readonly Assembly Core = typeof(Rule).Assembly;

    [Fact]
    public void OnlyOneFileOfCoreDependsOnTheTarget() =>
        Assert.Equal(["Polyfills.cs"],
            Sources("Repave.Core").Where(f => File.ReadLines(f).Any(l => l.TrimStart().StartsWith("#if", StringComparison.Ordinal)))
                .Select(f => Path.GetFileName(f)));

    [Fact]
    public void CoreKnowsNoProcessNoFileNoWireAndNoCompiler()
    {
        string[] allowed = ["System.", "netstandard", "YamlDotNet"];
        Assert.All(Core.GetReferencedAssemblies(),
            a => Assert.Contains(allowed, prefix => a.Name!.StartsWith(prefix, StringComparison.Ordinal)));
        string[] forbidden =
            ["System.Diagnostics.Process", "System.Net.Http", "System.Net.Sockets", "System.Text.Json", "System.IO.FileSystem"];
        Assert.DoesNotContain(Core.GetReferencedAssemblies(), a => forbidden.Contains(a.Name));
        string[] words =
        [
            "Process.Start", "File.Read", "File.Open", "File.Write", "Directory.", "Environment.GetEnv", "Type.GetType", "Activator.",
            "GetMethods(", "GetProperties(",
        ];
        Assert.All(Sources("Repave.Core"),
            file => Assert.DoesNotContain(words, word => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)));
    }

    // Where a dialect's platform is talked to, its words are at home too.
    private static IEnumerable<string> Outside(string dialect) =>
        ((string[])["Repave.Core", "Repave.Cli", "Repave.LanguageServer", "Repave.Environments", "Repave.Schemas"]).SelectMany(Sources)
            .Where(f => !f.Contains(Path.Combine("Dialects", dialect) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                && !f.Contains(Path.Combine("Repave.Environments", dialect) + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    [Fact]
    public void NothingOutsideADialectNamesIt()
    {
        foreach (var dialect in Directory.GetDirectories(Path.Combine(Server, "Repave.Core", "Dialects")).Select(d => Path.GetFileName(d)))
        {
            var types = Core.GetTypes()
                .Where(t => t.Namespace?.StartsWith($"Repave.Core.Dialects.{dialect}", StringComparison.Ordinal) == true && !t.IsNested
                    && !t.Name.Contains('<', StringComparison.Ordinal))
                .Select(t => t.Name.Split('`')[0]).ToHashSet(StringComparer.Ordinal);
            Assert.NotEmpty(types);
            foreach (var file in Outside(dialect))
            {
                var lines = Lines(file).ToList();
                Assert.DoesNotContain(lines, line => line.Contains($"Dialects.{dialect}", StringComparison.Ordinal)
                    || line.Contains($"== \"{dialect.ToLowerInvariant()}\"", StringComparison.Ordinal));
                // Only what begins with the dialect's name: the others' names are common words.
                Assert.DoesNotContain(types.Where(t => t.StartsWith(dialect, StringComparison.Ordinal)),
                    type => lines.Exists(l => Word(type).IsMatch(l)));
            }
        }
    }

    [Fact]
    public void NothingOutsideADialectKnowsItsFields()
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["Kubernetes"] = ["apiVersion", "metadata", "items", "containers", "stringData", "Deployment", "ConfigMap"],
            ["CloudFormation"] = ["Resources", "Properties", "DeletionPolicy", "NoEcho", "Fn::Sub", "AWSTemplateFormatVersion"],
            ["Compose"] = ["container_name", "env_file", "network_mode", "healthcheck", "com.docker.compose.project"],
        };
        foreach (var (dialect, words) in fields)
        {
            foreach (var file in Outside(dialect).Where(f => !Allowed.Contains(Path.GetFileName(f))))
                Assert.DoesNotContain(words, word => Code(file).Contains($"\"{word}\"", StringComparison.Ordinal));
        }
    }

    // What only shows what the tool is about: examples of the rules that every dialect reports under, and help texts; and what reads JSON
    // Schemas, one of whose own words is "items".
    // Documents of Talos have one of these fields too.
    private static readonly string[] Allowed =
        ["DemandSchema.cs", "SpecSchema.cs", "CloudConfigSchema.cs", "SettingsSchema.cs", "TalosDialect.cs", "TalosShapes.cs"];

    // Of a rule its examples are manifests, whatever its dialect.
    private static string Code(string file)
    {
        var text = string.Join("\n", Lines(file));
        return System.Text.RegularExpressions.Regex.Replace(text, "\"\"\".*?\"\"\"", "",
            System.Text.RegularExpressions.RegexOptions.Singleline);
    }

    private static System.Text.RegularExpressions.Regex Word(string word) => new($@"\b{word}\b");

    [Fact]
    public void NothingOutsideALanguageAndItsDialectsNamesIt()
    {
        foreach (var language in (string[])["Yaml", "Json"])
        {
            var types = Core.GetTypes().Where(t => t.Namespace == $"Repave.Core.Syntax.{language}" && !t.IsNested)
                .Select(t => t.Name).ToList();
            Assert.NotEmpty(types);
            var outside = Sources("Repave.Core").Concat(Sources("Repave.Cli")).Concat(Sources("Repave.LanguageServer"))
                .Concat(Sources("Repave.Environments")).Concat(Sources("Repave.Schemas"))
                .Where(f => !f.Contains(Path.Combine("Syntax", language) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                    && !f.Contains($"{Path.DirectorySeparatorChar}Dialects{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
            foreach (var file in outside)
            {
                // What a schema's own values, and the exec form of a Dockerfile, are written in is JSON by their standards.
                if (language == "Json" && (Path.GetFileName(file) == "JsonSchemaShapes.cs"
                    || file.Contains(Path.Combine("Syntax", "Dockerfile"), StringComparison.Ordinal)))
                    continue;
                var lines = Lines(file).ToList();
                if (lines.Exists(l => l.StartsWith("using System.Text.Json", StringComparison.Ordinal))
                    && !lines.Exists(l => l.Contains("Syntax.Json", StringComparison.Ordinal)))
                    continue;
                Assert.DoesNotContain(types, type => lines.Exists(l => Word(type).IsMatch(l)));
            }
        }
    }

    [Fact]
    public void OnlyEnvironmentsStartsProcessesAndConnects() =>
        Assert.Equal(
            // The proxy is kubectl's own, the channel that of a provider which we started; their sockets are all that is ever connected to.
            ["ClientProcess.cs", "KubectlProxy.cs", "ProviderChannel.cs", "ProviderClient.cs"],
            Directory.GetDirectories(Server).Select(d => Path.GetFileName(d)!).SelectMany(Sources)
                .Where(f => Lines(f).Any(l => l.Contains("Process.Start(", StringComparison.Ordinal)
                    || l.Contains("new HttpClient", StringComparison.Ordinal) || l.Contains("new Socket(", StringComparison.Ordinal)))
                .Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    [Fact]
    public void ProjectsReferInOneDirection()
    {
        var allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["Repave.Core"] = ["Repave.Core.SourceGeneration"],
            ["Repave.Core.SourceGeneration"] = [],
            ["Repave.Schemas"] = ["Repave.Core"],
            ["Repave.Environments"] = ["Repave.Core"],
            ["Repave.LanguageServer"] = ["Repave.Core", "Repave.Environments", "Repave.Schemas"],
            ["Repave.Cli"] = ["Repave.Core", "Repave.Environments", "Repave.LanguageServer", "Repave.Schemas"],
        };
        foreach (var project in Directory.GetFiles(Server, "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.True(allowed.ContainsKey(name), $"{name} has no place in this table and in ARCHITECTURE.md");
            Assert.All(references, reference => Assert.Contains(reference, allowed[name]));
        }
    }

    [Fact]
    public void PublicMembersOfCoreAreDocumented()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(Core.Location, ".xml")).Descendants("member")
            .Select(m => m.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);
        Assert.All(Core.GetExportedTypes().Where(t => !t.IsNested), type => Assert.Contains("T:" + type.FullName, documentation));
    }

    private static IEnumerable<string> Sources(string project) => Repository.Files(Path.Combine("server", project), "*.cs");

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(file).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal));
}
