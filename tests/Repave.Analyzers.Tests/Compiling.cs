using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Repave.Analyzers.Tests;

/// <summary>Compiles texts as a build would, and runs analyzers on them.</summary>
internal static class Compiling
{
    private const string Usings = "global using System;\nglobal using System.Collections.Generic;\nglobal using System.IO;\n"
        + "global using System.Linq;\nglobal using System.Threading;\nglobal using System.Threading.Tasks;\n";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    /// <summary>The framework, and the libraries that rules know.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references.txt"))
            .Where(p => File.Exists(p) && !Path.GetFileName(p).StartsWith("xunit", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p))];

    /// <summary>A compilation of texts.</summary>
    public static CSharpCompilation Of(IEnumerable<string> texts, CSharpCompilationOptions? options = null) => CSharpCompilation.Create(
        "Example",
        texts.Prepend(Usings).Select((text, i) => CSharpSyntaxTree.ParseText(SourceText.From(text), Parsing,
            $"/project/{(i == 0 ? "Usings" : i == 1 ? "Example" : $"Other{i}")}.cs")),
        References,
        options
            ?? new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What analyzers report, in the order of places.</summary>
    public static IReadOnlyList<Diagnostic> Run(
        Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, params (string Path, string Text)[] files) =>
        Run(compilation, analyzers, new Dictionary<string, string>(), files);

    /// <summary>What analyzers report with options such as <c>.editorconfig</c> or a build's properties give them.</summary>
    public static IReadOnlyList<Diagnostic> Run(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers,
        IReadOnlyDictionary<string, string> settings, params (string Path, string Text)[] files)
    {
        var options = new AnalyzerOptions([.. files.Select(f => (AdditionalText)new Additional(f.Path, f.Text))], new Config(settings));
        var found = compilation.WithAnalyzers(analyzers,
            new CompilationWithAnalyzersOptions(options, null, concurrentAnalysis: true, logAnalyzerExecutionTime: false))
            .GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        return [.. found.OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(d => d.Location.GetLineSpan().StartLinePosition).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <summary>A finding as builds write it: file, line and column from 1, weight, id.</summary>
    public static string Line(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(place.Path)}({place.StartLinePosition.Line + 1},"
            + $"{place.StartLinePosition.Character + 1}): {diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}");
    }

    private sealed class Additional(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Config(IReadOnlyDictionary<string, string> settings) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(settings);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options(IReadOnlyDictionary<string, string> settings) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.projectdir" ? "/project/" : settings.GetValueOrDefault(key);
                return value is not null;
            }
        }
    }
}
