using Repave.Core.Dialects.Terraform.Packs;
using Repave.Environments.Terraform;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>Which argument a provider complains about; the errors are those of providers made with terraform-plugin-sdk, whose deep paths
/// end with any sibling's name and stop at sets, and with terraform-plugin-framework.</summary>
public class ProbeSubjectTests
{
    private static readonly ProbeLeaf[] Leaves =
    [
        Leaf("mode"), Leaf("a", "b", "mode"), Leaf("a", "b", "c", "mode"), Leaf("a", "b", "c", "other"), Leaf("a", "b", "c", "count"),
        Leaf("a", "b", "d", "mode"),
    ];

    private static readonly ProbeSubjects Subjects = new(Leaves);

    [Theory]
    [InlineData("mode", "mode", "expected mode to be one of [\"X\"], got y")]
    [InlineData("a.b.c.mode", "a 0 b 0 c 0 other", "expected mode to be one of [\"X\"], got § repave 2 §")]
    [InlineData("a.b.c.count", "a 0 b 0 c 0 mode", "expected count to be at least (1), got -1125899906842628")]
    [InlineData("a.b.c.mode", "a 0 b 0 c 0 other", "expected mode to be one of [\"X\"], got y")]
    [InlineData("a.b.c.mode", "a 0 b 0 c 0 other", "expected a.0.b.0.c.0.mode to be one of [\"X\"], got y")]
    [InlineData("a.b.c.other", "a 0 b 0 c 0 mode", "\"a.0.b.0.c.0.other\" (y) is an invalid ARN: arn: invalid prefix")]
    [InlineData("a.b.c.other", "a 0 b", "expected other to be one of [\"X\"], got y")]
    [InlineData(null, "a 0 b", "expected mode to be one of [\"X\"], got y")]
    [InlineData(null, "a 0 b 0 c 0 other", "it is not right")]
    [InlineData("a.b.mode", "a 0 b 0 mode", "it is not right")]
    public void AnErrorIsOfTheArgumentThatItsTextNames(string? expected, string path, string summary) =>
        Assert.Equal(expected, Subjects.Of(new ProviderDiagnostic(true, summary, "", PathOf(path)))?.Name);

    [Fact]
    public void ThePathsOfTheFrameworkAreRight() => Assert.Equal("a.b.c.other", Subjects.Of(new ProviderDiagnostic(true,
        "Invalid Attribute Value Match", "Attribute a[0].b[0].c[0].other value must be one of: [\"mode\"], got: \"y\"",
        PathOf("a 0 b 0 c 0 other")))?.Name);

    [Fact]
    public void EachArgumentHasANonsenseOfItsOwn()
    {
        foreach (var big in (bool[])[false, true])
        {
            Assert.All(Leaves, leaf => Assert.Equal(leaf.Name, Subjects.Of(new ProviderDiagnostic(true,
                $"{Subjects.NonsenseOf(leaf, big)} is not a value", "", []))?.Name));
        }
    }

    private static List<object> PathOf(string path) => [.. path.Split(' ').Select(step => int.TryParse(step, out var index) ? (object)(long)index
        : step)];

    private static ProbeLeaf Leaf(params string[] names) => new([.. names.Select(n => new PackMember(n, "string"))],
        names[^1] == "count" ? "number" : "string");
}
