using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Repave.Core.Rules;

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
        if (!files.Any(ManifestSet.IsManifest))
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
            if (!ManifestSet.IsManifest(file.AdditionalFile))
                return;
            try
            {
                var (settings, found) = set.Value;
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

    private static void Report(ManifestFinding finding, string path, BuildSettings settings, Action<Diagnostic> report)
    {
        if (settings.SeverityOf(finding.Rule, finding.Severity, path) is not { } severity)
            return;
        var location = Location.Create(path, finding.Span, finding.Lines);
        report(Diagnostic.Create(Descriptors.Of(finding.Rule), location, severity, null, null, finding.Message));
    }
}
