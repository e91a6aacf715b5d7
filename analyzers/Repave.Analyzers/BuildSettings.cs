using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Repave.Core.Rules;

namespace Repave.Analyzers;

/// <summary>What a project says of the rules: its <c>.repave.yaml</c>, its <c>.editorconfig</c> files, its MSBuild properties and what the
/// compiler is told on the command line.</summary>
internal sealed class BuildSettings
{
    private readonly IReadOnlyList<EditorConfigFile> _editorConfigs;
    private readonly CompilationOptions _options;
    private readonly bool _errorsAreErrors;
    private readonly bool _isTest;
    private readonly Lazy<Settings> _forManifests;

    private BuildSettings(Settings settings, string root, string text, IReadOnlyList<EditorConfigFile> editorConfigs,
        CompilationOptions options, bool errorsAreErrors, CodeOptions code, bool isTest)
    {
        (Settings, Root, Text, _editorConfigs, _options, _errorsAreErrors, Options, _isTest) =
            (settings, root, text, editorConfigs, options, errorsAreErrors, code, isTest);
        _forManifests = new Lazy<Settings>(TurnOn);
    }

    /// <summary>The settings of <c>.repave.yaml</c>.</summary>
    public Settings Settings { get; }

    /// <summary>The folder that paths are told from: the one of <c>.repave.yaml</c>, or the project's.</summary>
    public string Root { get; }

    /// <summary>The text of <c>.repave.yaml</c>; empty if there is none.</summary>
    public string Text { get; }

    /// <summary>What of that text cannot be obeyed.</summary>
    public IReadOnlyList<SettingsError> Errors { get; private set; } = [];

    /// <summary>Whether this is another target framework than the first, which has said what both share.</summary>
    public bool IsOtherFramework { get; private set; }

    /// <summary>The path of <c>.repave.yaml</c>; null if there is none.</summary>
    public string? SettingsPath { get; private set; }

    /// <summary>Whether it is a project of tests, of whose code nothing is said unless somebody asks for it.</summary>
    public bool IsQuiet => _isTest;

    /// <summary>What is said of single rules in files of C#.</summary>
    public CodeOptions Options { get; }

    /// <summary>Reads them from what the compiler was given.</summary>
    public static BuildSettings Read(AnalyzerOptions options, Compilation compilation, CancellationToken cancellation)
    {
        var global = options.AnalyzerConfigOptionsProvider.GlobalOptions;
        global.TryGetValue("build_property.projectdir", out var root);
        global.TryGetValue("build_property.RepaveErrors", out var errors);
        global.TryGetValue("build_property.IsTestProject", out var isTest);
        global.TryGetValue("build_property.RepaveOtherFramework", out var other);
        global.TryGetValue("repave_test_projects", out var alsoTests);
        var editorConfigs = new List<EditorConfigFile>();
        AdditionalText? settings = null;
        foreach (var file in options.AdditionalFiles)
        {
            var name = Path.GetFileName(file.Path);
            if (name is not (SettingsReader.FileName or EditorConfigFile.FileName) || !ManifestText.IsReadable(file))
                continue;
            if (name == SettingsReader.FileName && (settings is null || file.Path.Length > settings.Path.Length))
                settings = file;
            else if (name == EditorConfigFile.FileName && file.GetText(cancellation) is { } text)
                editorConfigs.Add(new EditorConfigFile(file.Path, text.ToString()));
        }

        editorConfigs.Sort((a, b) => a.Folder.Length.CompareTo(b.Folder.Length));
        var said = settings?.GetText(cancellation)?.ToString() ?? "";
        IReadOnlyList<SettingsError> wrong = [];
        return new BuildSettings(
            settings is null ? Settings.Default : SettingsReader.Read(said, out wrong),
            Slashed(settings is null ? root ?? "" : Path.GetDirectoryName(settings.Path) ?? "").TrimEnd('/'),
            said,
            editorConfigs,
            compilation.Options,
            IsTrue(errors),
            new CodeOptions(options.AnalyzerConfigOptionsProvider),
            IsTrue(isTest) && !IsTrue(alsoTests))
        {
            Errors = wrong,
            IsOtherFramework = IsTrue(other),
            SettingsPath = settings?.Path,
        };
    }

    private static bool IsTrue(string? text) => string.Equals(text?.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A path as settings speak of it: from <see cref="Root"/>, with forward slashes.</summary>
    public string PathOf(string path)
    {
        var slashed = Slashed(path);
        return Root.Length > 0 && slashed.StartsWith(Root + "/", StringComparison.Ordinal) ? slashed.Substring(Root.Length + 1) : slashed;
    }

    /// <summary>The rules that run on manifests in a build.</summary>
    public static IReadOnlyList<Rule> ManifestRules { get; } = [.. RuleCatalogue.All.Where(r => r is not PlanRule)];

    /// <summary>The same settings with the rules turned on that <c>.editorconfig</c> or the command line turn on for manifests.</summary>
    public Settings ForManifests => _forManifests.Value;

    private Settings TurnOn()
    {
        var weights = new Dictionary<string, Severity>();
        foreach (var rule in Settings.Rules)
            weights[rule.Key] = rule.Value;
        foreach (var rule in ManifestRules)
        {
            if (!rule.OnByDefault && !weights.ContainsKey(rule.Id) && (IsAsked(rule.Id) || _editorConfigs.Any(c => c.Mentions(rule.Id))))
                weights[rule.Id] = rule.Severity;
        }

        return Settings.WithRules(weights);
    }

    /// <summary>Whether the files or the command line turn a rule on for everything.</summary>
    public bool IsAsked(string id) =>
        (_options.SpecificDiagnosticOptions.TryGetValue(id, out var said)
            && said is ReportDiagnostic.Error or ReportDiagnostic.Warn or ReportDiagnostic.Info)
        || (_options.SyntaxTreeOptionsProvider?.TryGetGlobalDiagnosticValue(id, CancellationToken.None, out var everywhere) == true
            && everywhere is ReportDiagnostic.Error or ReportDiagnostic.Warn or ReportDiagnostic.Info);

    /// <summary>Whether a place in C# was said for another target framework: what is not between <c>#if</c> and <c>#endif</c>.</summary>
    public bool IsSaidElsewhere(SyntaxNode node)
    {
        if (!IsOtherFramework)
            return false;
        var depth = 0;
        for (var directive = ((CSharpSyntaxNode)node.SyntaxTree.GetRoot()).GetFirstDirective(); directive is not null
            && directive.SpanStart < node.SpanStart;
            directive = directive.GetNextDirective())
        {
            if (directive.IsKind(SyntaxKind.IfDirectiveTrivia))
                depth++;
            else if (directive.IsKind(SyntaxKind.EndIfDirectiveTrivia))
                depth--;
        }

        return depth == 0;
    }

    /// <summary>Whether a rule on C# is to run on a file.</summary>
    public bool IsOn(Rule rule, SyntaxTree tree)
    {
        var isOn = Settings.SeverityOf(rule, PathOf(tree.FilePath)) != Severity.Off;
        // Tests do to systems of their own what others must not; whoever wants to know all the same says so of the rule.
        if (isOn && (!(_isTest || IsLeftOut(tree.FilePath)) || Settings.Rules.ContainsKey(rule.Id)))
            return true;
        if (rule.OnByDefault && !isOn)
            return false;
        return IsAsked(rule.Id)
            || (_options.SyntaxTreeOptionsProvider?.TryGetDiagnosticValue(tree, rule.Id, CancellationToken.None, out var here) == true
                && here is ReportDiagnostic.Error or ReportDiagnostic.Warn or ReportDiagnostic.Info);
    }

    // Folders of test data and of others' code, which a walk leaves out too.
    private bool IsLeftOut(string path)
    {
        var folders = PathOf(path).Split('/');
        for (var i = 0; i < folders.Length - 1; i++)
        {
            if (Settings.LeaveOut.Contains(folders[i]))
                return true;
        }

        return false;
    }

    /// <summary>How a finding in a manifest weighs in the build; null for not at all. <c>.editorconfig</c> has the last word, for the
    /// compiler does not apply it to files that it does not compile.</summary>
    public DiagnosticSeverity? SeverityOf(Rule rule, Severity found, string path)
    {
        DiagnosticSeverity? chosen = found switch
        {
            Severity.Off => null,
            Severity.Info => DiagnosticSeverity.Info,
            Severity.Error when _errorsAreErrors || Settings.Rules.ContainsKey(rule.Id)
                || Settings.Paths.Any(p => p.Rules.ContainsKey(rule.Id)) => DiagnosticSeverity.Error,
            _ => DiagnosticSeverity.Warning,
        };
        return Said(rule, Slashed(path)) is not { } said ? chosen : said switch
        {
            "none" => null,
            "silent" or "refactoring" => DiagnosticSeverity.Hidden,
            "suggestion" => DiagnosticSeverity.Info,
            "warning" => DiagnosticSeverity.Warning,
            "error" => DiagnosticSeverity.Error,
            _ => chosen,
        };
    }

    // A rule's own weight counts before its category's, that before everybody's; of files the nearest.
    private string? Said(Rule rule, string path)
    {
        foreach (var name in EditorConfigFile.NamesOf(rule.Id, rule.Category))
        {
            string? said = null;
            foreach (var config in _editorConfigs)
                said = config.SeverityOf(name, path) ?? said;
            // What weighs all rules alike says nothing of those that are off.
            if (said is not null && (name == rule.Id || rule.OnByDefault))
                return said;
        }

        return rule.OnByDefault ? Options.SeverityOf(rule) : null;
    }

    /// <summary>How a finding in C# weighs that a category of ours weighs, which the compiler does not know by that name.</summary>
    public DiagnosticSeverity? SeverityByRepave(SyntaxTree tree, DiagnosticSeverity severity) => Options.OfRepave(tree) switch
    {
        "none" => null,
        "silent" or "refactoring" => DiagnosticSeverity.Hidden,
        "suggestion" => DiagnosticSeverity.Info,
        "warning" => DiagnosticSeverity.Warning,
        "error" => DiagnosticSeverity.Error,
        _ => severity,
    };

    private static string Slashed(string path) => path.Replace('\\', '/');
}
