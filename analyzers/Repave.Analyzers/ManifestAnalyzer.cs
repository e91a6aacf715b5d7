using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;

namespace Repave.Analyzers;

/// <summary>Checks the manifests among a project's additional files, together, and reports each finding at its line.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp, LanguageNames.VisualBasic)]
public sealed class ManifestAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.All(BuildSettings.ManifestRules);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var files = context.Options.AdditionalFiles;
        if (!files.Any(f => ManifestSet.IsManifest(f) || IsSettings(f)))
            return;
        var (options, compilation, cancellation) = (context.Options, context.Compilation, context.CancellationToken);
        var failed = 0;
        // Manifests are judged together, whichever of them is asked for first.
        var set = new Lazy<(BuildSettings Settings, ManifestSet Set)>(() =>
        {
            var settings = BuildSettings.Read(options, compilation, cancellation);
            return (settings, ManifestSet.Check(files, settings, cancellation));
        });
        context.RegisterAdditionalFileAction(file =>
        {
            var isSettings = IsSettings(file.AdditionalFile);
            if (!isSettings && !ManifestSet.IsManifest(file.AdditionalFile))
                return;
            try
            {
                if (isSettings)
                {
                    ReportSettings(BuildSettings.Read(options, compilation, cancellation), file);
                    return;
                }

                var (settings, found) = set.Value;
                if (ManifestText.FlawOf(file.AdditionalFile) is { Length: > 0 } flaw)
                {
                    Report(new ManifestFinding(BoundExceeded.Instance, BoundExceeded.Instance.Severity, flaw, default, default),
                        file.AdditionalFile.Path, settings, file.ReportDiagnostic);
                }

                foreach (var finding in found.In(file.AdditionalFile.Path))
                    Report(finding, file.AdditionalFile.Path, settings, file.ReportDiagnostic);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (Interlocked.Exchange(ref failed, 1) == 0)
                    file.ReportDiagnostic(Diagnostic.Create(Descriptors.Failure, Location.None, "Checking manifests",
                        exception.GetType().Name + ": " + exception.Message));
            }
        });
    }

    private static bool IsSettings(AdditionalText file) => Path.GetFileName(file.Path) == SettingsReader.FileName;

    // What is wrong in the settings stands in their file.
    private static void ReportSettings(BuildSettings settings, AdditionalFileAnalysisContext file)
    {
        // Of several target frameworks the first says it.
        var isQuiet = file.Options.AnalyzerConfigOptionsProvider.GetOptions(file.AdditionalFile)
            .TryGetValue("build_metadata.AdditionalFiles.RepaveQuiet", out var quiet) && quiet == "true";
        if (isQuiet || settings.SettingsPath != file.AdditionalFile.Path
            || file.AdditionalFile.GetText(file.CancellationToken) is not { } text)
            return;
        foreach (var error in settings.Errors)
        {
            var lines = new LinePositionSpan(new(error.Range.Start.Line, error.Range.Start.Character),
                new(error.Range.End.Line, error.Range.End.Character));
            Report(new ManifestFinding(UnreadableSetting.Instance, UnreadableSetting.Instance.Severity, error.Message,
                text.Lines.GetTextSpan(lines), lines),
                file.AdditionalFile.Path, settings, file.ReportDiagnostic);
        }
    }

    private static void Report(ManifestFinding finding, string path, BuildSettings settings, Action<Diagnostic> report)
    {
        if (settings.SeverityOf(finding.Rule, finding.Severity, path) is not { } severity)
            return;
        var location = Location.Create(path, finding.Span, finding.Lines);
        report(Diagnostic.Create(Descriptors.Reported(finding.Rule), location, severity, null, null, finding.Message));
    }
}
