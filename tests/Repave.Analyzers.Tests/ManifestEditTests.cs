using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Repave.Analyzers.Tests;

/// <summary>What is kept is the memory of the whole process, so nothing runs beside these tests.</summary>
[CollectionDefinition(nameof(ManifestEditTests), DisableParallelization = true)]
public sealed class ManifestEditCollection;

/// <summary>Many manifests, one of which changes again and again, as in an editor.</summary>
[Collection(nameof(ManifestEditTests))]
public class ManifestEditTests(ITestOutputHelper output)
{
    private const int Manifests = 1000;
    private const int Edits = 256;
    private const long MostKept = 20_000_000;

    [Fact]
    public void EditsAreCheckedAloneAndKeepLittle()
    {
        var texts = Enumerable.Range(0, Manifests).Select(i => (AdditionalText)new Held($"/edits/m{i}.yaml", TextOf(i, 0))).ToArray();
        var compilation = Compiling.Of(["class A;"]);
        var watch = Stopwatch.StartNew();
        Assert.Equal(Manifests, Run(texts).Count);
        var first = watch.Elapsed;
        Edit(0);
        Edit(1);
        var before = Memory();
        var times = new List<TimeSpan>();
        for (var edit = 2; edit < Edits + 2; edit++)
            times.Add(Edit(edit));
        var kept = Memory() - before;
        times.Sort();
        output.WriteLine($"first check {first.TotalMilliseconds:0} ms, an edit {times[Edits / 2].TotalMilliseconds:0} ms (median), "
            + $"{Edits} edits keep {kept / 1e6:0.0} MB");
        Assert.True(kept < MostKept, $"{kept / 1e6:0.0} MB");
        Assert.True(times[Edits / 2] < first / 3, $"{times[Edits / 2]} of {first}");

        TimeSpan Edit(int edit)
        {
            var which = edit * 7 % Manifests;
            texts[which] = new Held($"/edits/m{which}.yaml", TextOf(which, edit));
            var one = Stopwatch.StartNew();
            Assert.Equal(Manifests, Run(texts).Count);
            return one.Elapsed;
        }

        List<ManifestFinding> Run(AdditionalText[] files)
        {
            var settings = BuildSettings.Read(new Microsoft.CodeAnalysis.Diagnostics.AnalyzerOptions([]), compilation, default);
            var set = ManifestSet.Check([.. files], settings, default);
            return [.. files.SelectMany(f => set.In(f.Path)).Where(f => f.Rule.Id == "RPV1001")];
        }
    }

    private static string TextOf(int name, int edit) => "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: m" + name + "\n  "
        + "annotations:\n    edit: \"" + edit
        + "\"\nspec:\n  selector:\n    matchLabels:\n      app: m" + name + "\n  template:\n    metadata:\n      labels:\n        app: "
        + "m" + name
        + "\n    spec:\n      containers:\n        - name: web\n          image: web:latest\n";

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed class Held(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
