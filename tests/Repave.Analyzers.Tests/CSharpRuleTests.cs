using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Repave.Analyzers.CodeFixes;
using Repave.Analyzers.CSharp;
using Repave.Core.Commands;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Analyzers.Tests;

/// <summary>Each rule's own examples, compiled against the real library where the feed has it, and its page.</summary>
public class CSharpRuleTests
{
    public static TheoryData<string> Ids => [.. InfrastructureCodeAnalyzer.Rules.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void ExamplesBreakAndKeepTheRule(string id)
    {
        var rule = InfrastructureCodeAnalyzer.Rules.Single(r => r.Id == id);
        Assert.Contains(Find(rule, rule.Bad), d => d.Id == id);
        Assert.DoesNotContain(Find(rule, rule.Good), d => d.Id == id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void AFixMendsWhatItIsFor(string id)
    {
        var rule = InfrastructureCodeAnalyzer.Rules.Single(r => r.Id == id);
        var found = Find(rule, rule.Bad).First(d => d.Id == id);
        Assert.Equal(rule.HasFix, CSharpFix.From(found.Properties) is not null);
        if (!rule.HasFix)
            return;
        var mended = Mend(rule, rule.Bad, id);
        Assert.NotEqual(rule.Bad, mended);
        Assert.DoesNotContain(Find(rule, mended), d => d.Id == id);
    }

    [Fact]
    public void ThereAreAtLeastThirtyAndTheirIdsAreTheirOwn()
    {
        var rules = InfrastructureCodeAnalyzer.Rules;
        Assert.True(rules.Count >= 30, $"{rules.Count}");
        Assert.All(rules, r => Assert.Matches("^RPV3[0-9]{3}$", r.Id));
        Assert.Equal(rules.Count, rules.Select(r => r.Id).Distinct().Count());
        Assert.DoesNotContain(rules, r => RuleCatalogue.Find(r.Id) is not null);
        Assert.All(rules, r => Assert.EndsWith(".", r.Reason, StringComparison.Ordinal));
        Assert.All(rules, r => Assert.NotEmpty(r.References));
    }

    [Fact]
    public void WithoutItsLibraryARuleIsSilent()
    {
        const string text = "namespace k8s { class KubernetesLike { void NamespacedPodExecAsync() { } void Run() { "
            + "NamespacedPodExecAsync(); RunCommand(); } void RunCommand() { } } class Process { public static void Start(string fileName, "
            + "string arguments) { } void X() => Start(\"kubectl\", \"edit a\"); } }";
        Assert.DoesNotContain(Compiling.Run(Compiling.Of([text]), [new InfrastructureCodeAnalyzer()]),
            d => d.Id.StartsWith("RPV", StringComparison.Ordinal));
    }

    [Fact]
    public void ARuleThatFailsIsSaidOnceAndTheOthersGoOn()
    {
        var analyzer = new InfrastructureCodeAnalyzer([new Failing(), InfrastructureCodeAnalyzer.Rules.Single(r => r.Id == "RPV3801")]);
        const string text = "class A { void B() { System.Diagnostics.Process.Start(\"kubectl\", \"edit a\"); "
            + "System.Diagnostics.Process.Start(\"kubectl\", \"edit b\"); } }";
        var found = Compiling.Run(Compiling.Of([text]), [analyzer]);
        var failure = Assert.Single(found, d => d.Id == "RPV3000");
        Assert.Equal(DiagnosticSeverity.Info, failure.Severity);
        Assert.Contains("Failing", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(2, found.Count(d => d.Id == "RPV3801"));
    }

    /// <summary>The pages, the index of the rules on C# and the release file are equal to what the rules say. REPAVE_WRITE_PAGES=1
    /// writes them.</summary>
    [Fact]
    public void PagesAndReleaseFilesAreFresh()
    {
        var pages = InfrastructureCodeAnalyzer.Rules.ToDictionary(r => $"docs/rules/{r.Id}.md", PageOf);
        pages["docs/rules/csharp.md"] = RulePage.Table(InfrastructureCodeAnalyzer.Rules,
            "# Rules on infrastructure code in C#\n\n<!-- Made by tests/Repave.Analyzers.Tests; do not edit. -->\n\nThey run in `dotnet "
                + "build` and in IDEs, from the package [Repave.Analyzers](../../analyzers/Repave.Analyzers.Package/README.md).");
        var release = "; What each release of the analyzers reports. Made from the rules by tests/Repave.Analyzers.Tests.\n"
            + "## Release 0.1.0\n\n### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n"
            + string.Concat(RuleCatalogue.All.Where(r => r is not PlanRule).Concat(InfrastructureCodeAnalyzer.Rules)
                .OrderBy(r => r.Id, StringComparer.Ordinal)
                .Select(r => $"{r.Id} | {r.Category} | {(r.OnByDefault ? Descriptors.Of(r).DefaultSeverity : "Disabled")} | {r.Title}\n"));
        pages["docs/programs.md"] = ProgramsPage();
        foreach (var preset in (string[])["recommended", "strict", "manifests"])
            pages[$"analyzers/Repave.Analyzers.Package/presets/repave.{preset}.globalconfig"] = PresetOf(preset);
        pages["analyzers/Repave.Analyzers/AnalyzerReleases.Shipped.md"] = release;
        foreach (var (path, text) in pages)
        {
            var file = Path.Combine(Repository.Root, path);
            if (Environment.GetEnvironmentVariable("REPAVE_WRITE_PAGES") == "1")
                File.WriteAllText(file, text);
            Assert.True(File.Exists(file) && File.ReadAllText(file) == text, $"{path} is stale: run this test with REPAVE_WRITE_PAGES=1");
        }
    }

    private static string Limits(CSharpRule rule) => rule is CommandLineRule
        ? "\n## What it looks through\n\nShells (`bash -lc`, `cmd /c`, `pwsh -Command`), programs that run others (`sudo`, `env`, "
            + "`xargs`, `timeout`, `ssh`, "
            + "`docker exec`), `ArgumentList`, later assignments, builders, variables that are set once, readonly fields, "
            + "interpolation, and methods of "
            + "the same project that start what they are given. [The table of programs](../programs.md) says which commands it knows. "
            + "What only reads, asks, "
            + "renders, checks or dry-runs is left alone.\n\nIt does not see what a file holds (scripts, playbooks), what is known only "
            + "when the program runs, "
            + "and what other assemblies start; methods of one's own that do are named by `repave_command_runners`.\n"
        : "\n## What it sees\n\nValues are followed through constants, variables that are set once, readonly fields and interpolation; "
            + "what is known only when "
            + "the program runs is left alone. [Builds](../builds.md) says how to allow values, and where rules are quiet.\n";

    private static string ProgramsPage()
    {
        var page = new System.Text.StringBuilder("# Programs whose commands are read\n\n<!-- Made by tests/Repave.Analyzers.Tests from "
            + "schemas/commands; do not edit. -->\n\n"
            + "What rules on command lines know, in C# (RPV3801 to RPV3808) and in manifests (RPV1115). The form of the commands is "
            + "explained at the head of "
            + "[programs.facts](../schemas/commands/programs.facts).\n");
        foreach (var entry in ProgramTable.Instance.Entries.Where(e => e.Rows.Any(r => r.Changes is not null and not "runs")))
        {
            page.Append("\n## ").Append(string.Join(", ", entry.Names.Take(6))).Append("\n\n| command | what it does |\n|---|---|\n");
            foreach (var row in entry.Rows.Where(r => r.Changes is not null))
                page.Append("| `").Append(row.Head.Replace("|", "\\|", StringComparison.Ordinal)).Append("` | "
                    + "").Append(row.Changes).Append(" |\n");
            var dry = entry.Dry.Order(StringComparer.Ordinal).ToList();
            if (dry.Count > 0)
                page.Append("\nNothing is said with ").Append(string.Join(", ", dry.Select(d => $"`{d}`"))).Append(".\n");
        }

        return page.ToString();
    }

    // What a project's own files say has the last word over a level below zero.
    private static string PresetOf(string preset) =>
        $"# Repave's weights, preset {preset}. Made from the rules by tests/Repave.Analyzers.Tests; do not edit.\nis_global = "
            + $"true\nglobal_level = -100\n\n"
        + string.Concat(RuleCatalogue.All.Where(r => r is not PlanRule).Concat(InfrastructureCodeAnalyzer.Rules).OrderBy(r =>
            r.Id, StringComparer.Ordinal)
            .Select(r => $"dotnet_diagnostic.{r.Id}.severity = {WeightOf(r, preset)}\n"));

    private static string WeightOf(Rule rule, string preset) => preset switch
    {
        "strict" => rule.Severity == Severity.Error ? "error" : "warning",
        "manifests" when rule is CSharpRule => "none",
        _ when !rule.OnByDefault => "none",
        _ => rule.Severity == Severity.Info ? "suggestion" : "warning",
    };

    private static string PageOf(CSharpRule rule)
    {
        var page = RulePage.Of(rule).Replace("Made by `repave rules --markdown docs/rules` from the rule itself",
            "Made from the rule itself by tests/Repave.Analyzers.Tests", StringComparison.Ordinal);
        var turn = page.IndexOf("\n## Turning it", StringComparison.Ordinal);
        var fix = CSharpFix.From(Find(rule, rule.Bad).First(d => d.Id == rule.Id).Properties) is { } known
            ? $"\n## Fix\n\nIn the editor, and with `dotnet format analyzers --diagnostics {rule.Id}`: {known.Title}.\n"
            : "";
        return page[..turn] + $"\n## Library\n\nIt knows the API of {rule.Library}.\n" + Limits(rule) + fix
            + (rule.OnByDefault
                ? $"\n## Turning it off\n\nFor one place `#pragma warning disable {rule.Id}`; everywhere `dotnet_diagnostic."
                    + $"{rule.Id}.severity = none` in `.editorconfig`, or `{rule.Id}: off` under `rules` in `.repave.yaml`.\n"
                : $"\n## Turning it on\n\n`dotnet_diagnostic.{rule.Id}.severity = warning` in `.editorconfig`, or `{rule.Id}: "
                    + "on` under `rules` in `.repave.yaml`.\n");
    }

    private static IReadOnlyList<Diagnostic> Find(CSharpRule rule, string text)
    {
        var compilation = Compiling.Of(rule.Stubs is null ? [text] : [text, rule.Stubs]);
        Assert.DoesNotContain(compilation.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
        var options = rule.OnByDefault ? [] : new (string, string)[] { ("/project/.repave.yaml", $"rules:\n  {rule.Id}: on\n") };
        return Compiling.Run(compilation, [new InfrastructureCodeAnalyzer()], options);
    }

    private static string Mend(CSharpRule rule, string text, string id)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("Example", LanguageNames.CSharp);
        project = project.WithMetadataReferences(Compiling.References).WithParseOptions(Compiling.Of([]).SyntaxTrees[0].Options)
            .WithCompilationOptions(Compiling.Of([]).Options);
        project = project.AddDocument("Usings.cs", Compiling.Of([]).SyntaxTrees[0].GetText()).Project;
        if (rule.Stubs is { } stubs)
            project = project.AddDocument("Stubs.cs", stubs).Project;
        if (!rule.OnByDefault)
            project = project.AddAdditionalDocument(".repave.yaml", $"rules:\n  {rule.Id}: on\n",
                filePath: "/project/.repave.yaml").Project;
        var document = project.AddDocument("Example.cs", text);
        var compilation = document.Project.GetCompilationAsync().GetAwaiter().GetResult()!;
        var found = compilation.WithAnalyzers([(DiagnosticAnalyzer)new InfrastructureCodeAnalyzer()], document.Project.AnalyzerOptions)
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult().First(d => d.Id == id);
        CodeAction? action = null;
        new InfrastructureCodeFixes().RegisterCodeFixesAsync(new CodeFixContext(document, found, (a, _) => action ??= a, default))
            .GetAwaiter().GetResult();
        Assert.NotNull(action);
        var applied = action.GetOperationsAsync(default).GetAwaiter().GetResult().OfType<ApplyChangesOperation>().Single();
        return applied.ChangedSolution.GetDocument(document.Id)!.GetTextAsync().GetAwaiter().GetResult().ToString();
    }

    private sealed class Failing : CSharpRule
    {
        public override string Id => "RPV3999";

        public override string Title => "Fails";

        public override string Reason => "It fails.";

        public override string Bad => "";

        public override string Good => "";

        public override string Library => "none";

        public override IReadOnlyList<string> Types => ["System.Diagnostics.Process"];

        internal override void Register(RuleRegistry registry) =>
            registry.OnCall(this, "Start", (_, _) => throw new InvalidOperationException("no"));
    }
}
