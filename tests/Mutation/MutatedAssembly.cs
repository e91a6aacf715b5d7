using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Repave.Mutation;

/// <summary>A project compiled once with all its mutants in it.</summary>
internal sealed class MutatedAssembly
{
    private static readonly string[] Symbols =
        ["NET", "NETCOREAPP", .. Enumerable.Range(5, 6).SelectMany(v => new[] { $"NET{v}_0_OR_GREATER" }), "NET10_0"];

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly CSharpParseOptions _options = new CSharpParseOptions(LanguageVersion.Latest).WithPreprocessorSymbols(Symbols);
    private readonly Dictionary<int, Mutant> _mutants = [];
    private readonly HashSet<string> _rejected = [];

    /// <summary>The mutants that compile.</summary>
    public IReadOnlyList<Mutant> Mutants { get; private set; } = [];

    /// <summary>How many do not, and are left out.</summary>
    public int Rejected => _rejected.Count;

    /// <summary>Compiles a project.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <param name="project">The project's folder from there.</param>
    /// <param name="generators">What writes parts of it.</param>
    /// <param name="mutates">Whether a file (its path from the root) is mutated.</param>
    /// <returns>The assembly.</returns>
    public byte[] Compile(string root, string project, IEnumerable<IIncrementalGenerator> generators, Func<string, bool> mutates)
    {
        var name = Path.GetFileName(project);
        var built = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        var folder = Path.Combine(root, project);
        var trees = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(Path.Combine(folder, "obj"), StringComparison.Ordinal)
                && !f.StartsWith(Path.Combine(folder, "bin"), StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => Parse(File.ReadAllText(f), Path.GetRelativePath(root, f).Replace('\\', '/')))
            .Append(Parse(Usings, "Usings.cs"))
            .Append(Parse(Resource("Mutants.source.txt"), "Mutants.cs"))
            .ToList();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(f => !Path.GetFileName(f).StartsWith("Repave.", StringComparison.Ordinal))
            .Select(f => MetadataReference.CreateFromFile(f));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable);
        CSharpGeneratorDriver.Create(generators.Select(g => g.AsSourceGenerator()), parseOptions: _options)
            .RunGeneratorsAndUpdateCompilation(CSharpCompilation.Create(name, trees, references, options), out var original, out _);
        var resources = ResourcesOf(built);
        while (true)
        {
            _mutants.Clear();
            var mutated = original;
            foreach (var tree in original.SyntaxTrees.Where(t => mutates(t.FilePath)))
            {
                var text = new MutationRewriter(original.GetSemanticModel(tree), tree.FilePath, new MutationScope(), Add).Rewrite();
                mutated = mutated.ReplaceSyntaxTree(tree, Parse(text, tree.FilePath));
            }

            using var output = new MemoryStream();
            var result = mutated.Emit(output, manifestResources: resources);
            if (result.Success)
            {
                Mutants = [.. _mutants.OrderBy(m => m.Key).Select(m => m.Value)];
                return output.ToArray();
            }

            Reject(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        }
    }

    private int? Add(Mutant mutant)
    {
        if (_rejected.Contains(Place(mutant)))
            return null;
        _mutants.Add(_mutants.Count, mutant with { Id = _mutants.Count });
        return _mutants.Count - 1;
    }

    private static string Place(Mutant mutant) => $"{mutant.File}:{mutant.Line}:{mutant.Key}";

    // Leaves out the mutants nearest to what does not compile.
    private void Reject(IEnumerable<Diagnostic> errors)
    {
        var before = _rejected.Count;
        foreach (var error in errors)
        {
            var node = error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan);
            var ids = Enumerable.Empty<int>();
            for (; node is not null && !ids.Any(); node = node.Parent)
                ids = [.. IdsIn(node)];
            foreach (var id in ids)
                _rejected.Add(Place(_mutants[id]));
            if (before == _rejected.Count)
                throw new InvalidOperationException(error.ToString());
            if (Environment.GetEnvironmentVariable("REPAVE_MUTATION_ERRORS") == "1")
                Console.Error.WriteLine($"{error} [{string.Join(", ", ids.Select(i => _mutants[i].Change))}]");
        }
    }

    private static IEnumerable<int> IdsIn(SyntaxNode node)
    {
        const string Call = "Mutants.Is(";
        var text = node.ToString();
        for (var at = text.IndexOf(Call, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Call, at + 1, StringComparison.Ordinal))
        {
            var start = at + Call.Length;
            yield return int.Parse(text[start..text.IndexOf(')', start)], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, _options, path, System.Text.Encoding.UTF8);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    // What is embedded in the assembly as it was built.
    private static List<ResourceDescription> ResourcesOf(string built)
    {
        var context = new AssemblyLoadContext("resources", isCollectible: true);
        var assembly = context.LoadFromStream(new MemoryStream(File.ReadAllBytes(built)));
        var resources = new List<ResourceDescription>();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var bytes = copy.ToArray();
            resources.Add(new ResourceDescription(name, () => new MemoryStream(bytes), isPublic: true));
        }

        return resources;
    }
}
