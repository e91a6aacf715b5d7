using BenchmarkDotNet.Attributes;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Benchmarks;

/// <summary>What an editor and a check pay for, on Deployments and Services of our own making.</summary>
[MemoryDiagnoser]
public class CheckBenchmarks
{
    private string _text = "";
    private SourceFile _file = YamlLanguage.Instance.Parse("");
    private Manifest _manifest = Manifest.Parse("", "");
    private TextEdit _edit;

    [Params(100, 1_000, 10_000, 50_000)]
    public int Lines { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var one = RuleCatalogue.Find("RPV1001")!.Good.TrimEnd() + "\n---\n";
        _text = string.Concat(Enumerable.Range(0, Math.Max(1, Lines / one.Split('\n').Length))
            .Select(i => one.Replace("name: web", $"name: web-{i}", StringComparison.Ordinal)));
        _file = YamlLanguage.Instance.Parse(_text);
        _manifest = new Manifest("benchmark.yaml", _file);
        var at = _text.IndexOf("1.4.2", _text.Length / 2, StringComparison.Ordinal);
        _edit = new TextEdit(new TextSpan(at, at + 1), "2");
    }

    [Benchmark(Baseline = true)]
    public SourceFile Parse() => YamlLanguage.Instance.Parse(_text);

    [Benchmark]
    public SourceFile Edit() => _file.With(_edit);

    [Benchmark]
    public CheckResult Check() => ManifestAnalysis.Check([_manifest], new AnalysisOptions(Settings.Default));
}
