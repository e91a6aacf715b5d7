using Repave.Core.Dialects.Terraform.Packs;
using Repave.Environments.Terraform;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>Values of a list in another case: each argument has a spelling of its own, which the provider's error repeats.</summary>
public class CaseSpellingTests
{
    [Theory]
    [InlineData("expected mode to be one of [\"CHUNKED\" \"NON\"], got {0}")]
    [InlineData("expected mode to be one of [\"CHUNKED\" \"NON\"], got {0}\nand more")]
    [InlineData("Attribute a[0].mode value must be one of: [\"CHUNKED\" \"NON\"], got: \"{0}\"")]
    public void AnErrorSaysWhoseValueItIs(string message)
    {
        ProbeLeaf[] leaves = [.. Enumerable.Range(0, 40).Select(_ => Leaf("CHUNKED", "NON"))];
        var spellings = CaseSpellings.Of(leaves);
        Assert.Equal(40, spellings.Count);
        Assert.All(leaves, leaf =>
        {
            Assert.Equal("CHUNKED", spellings[leaf], ignoreCase: true);
            Assert.NotEqual("CHUNKED", spellings[leaf]);
            Assert.Same(leaf, spellings.RepeatedIn(message.Replace("{0}", spellings[leaf], StringComparison.Ordinal)));
        });
        Assert.Null(spellings.RepeatedIn("expected mode to be one of [\"CHUNKED\"], got § repave 1 §"));
    }

    [Fact]
    public void WhereTheLettersDoNotSufficeTheRestIsAskedLater()
    {
        ProbeLeaf[] leaves = [Leaf("a1"), Leaf("a1"), Leaf("7"), Leaf("b", "B"), Leaf("on", "ON", "On")];
        var first = CaseSpellings.Of(leaves);
        Assert.Equal(["A1", null, null, null, "oN"], leaves.Select(leaf => first[leaf]));
        Assert.Equal(["A1"], CaseSpellings.Of(leaves.Except(first.Leaves)).Leaves.Select(leaf => CaseSpellings.Of([leaf])[leaf]));
    }

    private static ProbeLeaf Leaf(params string[] values) => new([new PackMember("mode", "string")], "string") { Enum = values };
}
