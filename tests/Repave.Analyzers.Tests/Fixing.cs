using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Repave.Analyzers.CodeFixes;
using Repave.Analyzers.CSharp;

namespace Repave.Analyzers.Tests;

/// <summary>Applies fixes as an editor does, one after the other.</summary>
internal static class Fixing
{
    /// <summary>A text after every fix of a rule.</summary>
    public static string All(string text, IReadOnlyList<string> others, string id)
    {
        for (var round = 0; round < 100; round++)
        {
            var mended = Once(text, others, id);
            if (mended is null)
                return text;
            text = mended;
        }

        throw new InvalidOperationException("The fixes come to no end.");
    }

    private static string? Once(string text, IReadOnlyList<string> others, string id)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("Example", LanguageNames.CSharp).WithMetadataReferences(Compiling.References)
            .WithParseOptions(Compiling.Of([]).SyntaxTrees[0].Options).WithCompilationOptions(Compiling.Of([]).Options);
        project = project.AddDocument("Usings.cs", Compiling.Of([]).SyntaxTrees[0].GetText()).Project;
        foreach (var other in others)
            project = project.AddDocument($"Other{project.DocumentIds.Count}.cs", other).Project;
        var document = project.AddDocument("Example.cs", text);
        var found = document.Project.GetCompilationAsync().GetAwaiter().GetResult()!
            .WithAnalyzers([(DiagnosticAnalyzer)new InfrastructureCodeAnalyzer()], document.Project.AnalyzerOptions)
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult().Where(d => d.Id == id).OrderBy(d =>
                d.Location.SourceSpan.Start).ToList();
        foreach (var one in found)
        {
            CodeAction? action = null;
            new InfrastructureCodeFixes().RegisterCodeFixesAsync(new CodeFixContext(document, one, (a, _) => action ??= a, default))
                .GetAwaiter().GetResult();
            if (action is null)
                continue;
            var applied = action.GetOperationsAsync(default).GetAwaiter().GetResult().OfType<ApplyChangesOperation>().Single();
            return applied.ChangedSolution.GetDocument(document.Id)!.GetTextAsync().GetAwaiter().GetResult().ToString();
        }

        return null;
    }
}
