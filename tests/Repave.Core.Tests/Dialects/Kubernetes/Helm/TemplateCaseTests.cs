using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Kubernetes.Helm;

/// <summary>What Go's templates, sprig's and Helm's functions make of small templates: a line each of template-cases.tsv, with the output,
/// or behind an exclamation mark Helm's error.</summary>
public sealed class TemplateCaseTests
{
    private const string Values = """
        name: shop
        count: 3
        f: 1.5
        big: 12345678
        truth: true
        list: [a, b, c]
        nums: [1, 2, 3]
        map: {a: 1, b: two, c: [x]}
        nested: {x: {y: deep}}
        empty: ""
        nothing: null
        """;

    private static readonly HelmBuilds Builds = new();

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        var file = Path.Combine(Repository.Root, "tests/Repave.Core.Tests/Dialects/Kubernetes/Helm/template-cases.tsv");
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var tab = line.LastIndexOf('\t');
            cases.Add(line[..tab], line[(tab + 1)..]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TemplatesGiveWhatHelmGives(string template, string expected)
    {
        var files = new MemoryFiles(
            ("c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: 4.5"), ("c/values.yaml", Values),
            ("c/templates/t.yaml", template), ("c/conf/a.txt", "one\ntwo\n"), ("c/conf/b.txt", "three"));
        var result = Builds.Build(new BuildRequest(files, "c") { Release = "rel", Namespace = "ns" });
        var text = result.Problems.FirstOrDefault(problem => problem.IsFatal) is { } problem ? "!" + problem.Message
            : Assert.Single(result.Outputs).Text;
        Assert.Equal(expected, text.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\t", "\\t"));
    }
}
