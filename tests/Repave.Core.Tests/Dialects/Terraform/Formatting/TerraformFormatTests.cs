using Repave.Core.Dialects;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Terraform.Formatting;

/// <summary>What files look like once they are formatted: <c>tests/Fixtures/terraform-format</c>, whose <c>.after</c> files the real
/// <c>terraform fmt</c> wrote.</summary>
public class TerraformFormatTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Fixtures", "terraform-format");

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Folder, "*.before").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ATextIsWrittenAsTerraformWritesIt(string name)
    {
        var before = File.ReadAllText(Path.Combine(Folder, name + ".before"));
        var after = File.ReadAllText(Path.Combine(Folder, name + ".after"));
        Assert.Equal(after, Formatted(before));
        // Once is enough.
        Assert.Equal(after, Formatted(after));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OnlyWhiteSpaceChanges(string name)
    {
        // What Terraform 0.11 wrote is written otherwise today.
        if (name == "renewed")
            return;
        var before = File.ReadAllText(Path.Combine(Folder, name + ".before"));
        // But for an interpolation that is all of a value.
        before = before.Replace("\"${ {a=1} }\"", "{a=1}", StringComparison.Ordinal);
        Assert.Equal(Bare(before), Bare(Formatted(before)));
    }

    [Theory]
    [InlineData("locals {\n  a=\n}\n", "value")]
    [InlineData("locals {\n a=1\n", "closing brace")]
    [InlineData("locals {\n a=1\n a=2\n}\n", "'a'")]
    [InlineData("a = \"x\n", "quote")]
    [InlineData("a = <<EOT\nx\n", "heredoc")]
    public void ATextWithAnErrorStaysAsItIs(string text, string said)
    {
        var formatted = DialectCatalogue.FormatterOf("main.tf")!.Format(text);
        Assert.Equal(text, formatted.Text);
        Assert.Contains(said, formatted.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACommentBetweenLabelsStays()
    {
        // Terraform takes it away.
        Assert.Equal("resource \"a\" /* b */ \"c\" {\n}\n", Formatted("resource a   /* b */ \"c\"{\n}\n"));
    }

    [Theory]
    [InlineData("main.tf", true)]
    [InlineData("a/main.tofu", true)]
    [InlineData("prod.auto.tfvars", true)]
    [InlineData("a.tftest.hcl", true)]
    [InlineData("main.tf.json", false)]
    [InlineData("prod.tfvars.json", false)]
    [InlineData(".terraform.lock.hcl", false)]
    [InlineData("docker-bake.hcl", false)]
    [InlineData("a.yaml", false)]
    public void ItsOwnFilesAreFormatted(string path, bool isFormatted) =>
        Assert.Equal(isFormatted, DialectCatalogue.FormatterOf(path) is not null);

    private static string Formatted(string text)
    {
        var formatted = DialectCatalogue.FormatterOf("main.tf")!.Format(text);
        Assert.Null(formatted.Problem);
        return formatted.Text;
    }

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
