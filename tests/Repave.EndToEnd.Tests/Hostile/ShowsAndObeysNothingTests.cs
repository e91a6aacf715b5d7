using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Repave.EndToEnd.Tests.Hostile;

/// <summary>Text from files is shown and never obeyed; what is kept of secrets is kept from others.</summary>
public sealed class ShowsAndObeysNothingTests : HostileFolder
{
    private static readonly string[] Formats = ["text", "json", "sarif", "junit", "github", "gitlab"];
    private static readonly string[] PlanFormats = ["text", "json", "markdown", "html", "intoto"];

    // As YAML writes it in quotes, and what must not be anywhere in an output.
    private static readonly string[] Escapes =
        [@"\e[31m", @"\e]0;title\a", @"\x9b31m", @"\u202e", @"\u2066", @"\u2028", @"\u200b", @"\x7f", @"\u0085", @"\uFEFF", @"\uFFFE",
        @"\U000E0041", @"\r"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NothingIsObeyed(bool isColoured)
    {
        var hostile = string.Concat(Escapes)
            + @"\n::error file=app.js,line=1::pwned\n##[error]pwned\n##vso[task.complete result=Failed]pwned\n";
        Write("a.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \"lamp{hostile}\"\n\"key{hostile}\": x\n"
            + "\"::warning::pwned\": y\n\"##[group]pwned\": y\n");
        Write("b.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: lamp\ndata:\n  \"k{hostile}\": \"v{hostile}\"\n");
        Write("c.yaml", $"apiVersion: example.com/v1\nkind: Lamp\nmetadata:\n  name: lamp\n\"::error::pwned\": \"w{hostile}\"\nspec:\n"
            + $"  text: \"v{hostile}\"\n");
        Write("old/c.yaml", "apiVersion: example.com/v1\nkind: Lamp\nmetadata:\n  name: lamp\n\"::error::pwned\": x\nspec:\n  text: y\n");
        Write("old/b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: lamp\ndata:\n  x: y\n");
        (string, string?)[] variables = isColoured ? [("FORCE_COLOR", "1")] : [];
        foreach (var format in Formats)
            AssertHarmless(Repave(variables, "check", ".", "--format", format), format, isColoured);
        foreach (var format in PlanFormats)
        {
            AssertHarmless(Repave(variables, "plan", "a.yaml", "b.yaml", "c.yaml", "--from", "old", "--format", format, "--all"), format,
                isColoured);
            AssertHarmless(Repave(variables, "plan", "old", "--from", "b.yaml", "--format", format), format, isColoured);
        }

        AssertHarmless(Repave(variables, "check", ".", "--fix", "--diff"), "diff", isColoured);
        // What people write into commits, and what a record says of files, is a file's text too.
        Git("init", "--quiet");
        Git("add", "-A");
        Git("-c", "user.name=e\u001b[31m", "-c", "user.email=m@example.com", "commit", "--quiet", "-m",
            "::error::pwned \u001b[31m\u202e\n\n##[error]pwned");
        Write("old/b.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: lamp\ndata:\n  \"k{hostile}\": z\n");
        Git("-c", "user.name=##[error]", "-c", "user.email=m@example.com", "commit", "--quiet", "-a", "-m", "::error::pwned\u200b");
        foreach (var format in (string[])["html", "intoto"])
            AssertHarmless(Repave(variables, "plan", "old", "--from", "git:HEAD~1", "--format", format), format, isColoured);
        foreach (var format in (string[])["text", "json", "markdown", "html"])
            AssertHarmless(Repave(variables, "report", "--since", "HEAD~1", "old", "--format", format), format, isColoured);
    }

    [Fact]
    public void NorInTheNamesOfFiles()
    {
        SkipOnWindows();
        foreach (var name in (string[])["::error file=x::pwned.yaml", "##[error]pwned.yaml", "e\u001b[31m.yaml", "l\n::error::pwned.yaml",
            "r\u202egnp.yaml", "a%0A::error::pwned.yaml", " ::error::pwned.yaml", "c\u009b31m.yaml"])
            File.WriteAllText(Path.Combine(Folder, name), Broken);
        File.CreateSymbolicLink(Path.Combine(Folder, "d\n::error::pwned.yaml"), "nowhere");
        foreach (var format in Formats)
            AssertHarmless(Repave("check", ".", "--format", format), format, isColoured: false);
        foreach (var format in PlanFormats)
            AssertHarmless(Repave("plan", ".", "--from", "e\u001b[31m.yaml", "--format", format), format, isColoured: false);
        AssertHarmless(Repave("check", ".", "--fix", "--diff"), "diff", isColoured: false);
        AssertHarmless(Repave("check", "nowhere\u001b[31m\n::error::pwned"), "text", isColoured: false);
        AssertHarmless(Repave("check", ".", "--\u001b[31m\n::error::pwned"), "text", isColoured: false);
    }

    [Fact]
    public void MarkdownNotifiesNobodyAndLinksNowhere()
    {
        Write("old.yaml", ConfigMap("lamp"));
        Write("new.yaml", ConfigMap("lamp", "\"@team #12 https://example.com [a](b) <img src=x> www.example.com\""));
        var page = Repave("plan", "new.yaml", "--from", "old.yaml", "--format", "markdown").Output;
        foreach (var word in (string[])["@team", "#12", "https://", "[a](b)", "<img"])
            Assert.DoesNotContain(word, page, StringComparison.Ordinal);
        // Nor once entities are read.
        Assert.DoesNotContain("@team", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public void SnapshotsAndTheirKeysAreTheirOwners()
    {
        SkipOnWindows();
        Write("s.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: open-sesame\n");
        Write("other.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: close-sesame\n");
        // There already, for all to read; and a key that somebody knows.
        Write("state.yaml", "old");
        Write("state.yaml.key", new string('k', 32));
        Tool.Run(Folder, "chmod", ["666", "state.yaml", "state.yaml.key"]);
        Assert.Equal(0, Repave("snapshot", "--from", "s.yaml", "-o", "state.yaml").ExitCode);
        Assert.Equal("600 state.yaml\n600 state.yaml.key\n",
            Tool.Run(Folder, "stat", ["-c", "%a %n", "state.yaml", "state.yaml.key"]).Output);
        Assert.NotEqual(new string('k', 32), Encoding.Latin1.GetString(File.ReadAllBytes(Place("state.yaml.key"))));
        Assert.DoesNotContain("hashKey", Read("state.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(File.ReadAllBytes(Place("state.yaml.key"))), Read("state.yaml"),
            StringComparison.Ordinal);
        Assert.Contains("Nothing changes", Repave("plan", "s.yaml", "--from", "state.yaml").Output, StringComparison.Ordinal);
        Assert.Contains("is different", Repave("plan", "other.yaml", "--from", "state.yaml").Output, StringComparison.Ordinal);
        // Elsewhere, and named.
        File.Move(Place("state.yaml.key"), Path.Combine(Outside, "kept"));
        Assert.Contains("Nothing changes",
            Repave("plan", "s.yaml", "--from", "state.yaml", "--hash-key-file", Path.Combine(Outside, "kept")).Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing changes", Repave("plan", "s.yaml", "--from", "state.yaml").Output, StringComparison.Ordinal);
        // A key of one's own is made where it is named.
        Assert.Equal(0, Repave("snapshot", "--from", "s.yaml", "-o", "own.yaml", "--hash-key-file", "own").ExitCode);
        Assert.Equal("600 own\n", Tool.Run(Folder, "stat", ["-c", "%a %n", "own"]).Output);
        Assert.False(File.Exists(Place("own.yaml.key")));
        Assert.Contains("Nothing changes", Repave("plan", "s.yaml", "--from", "own.yaml", "--hash-key-file", "own").Output,
            StringComparison.Ordinal);
        // The sample is of an earlier version, with its key in it.
        Assert.Contains("Nothing changes",
            Repave("plan", Path.Combine(Core.Tests.Support.Repository.Root, "samples", "shop"), "--from",
            Path.Combine(Core.Tests.Support.Repository.Root, "samples", "shop.snapshot.yaml")).Output, StringComparison.Ordinal);
    }

    private static void AssertHarmless(Answer answer, string format, bool isColoured)
    {
        // What the tool itself colours is all there is of escapes.
        var output = isColoured ? System.Text.RegularExpressions.Regex.Replace(answer.Output, "\u001b\\[[0-9;]*m(?!RED)", "")
            : answer.Output;
        foreach (var text in (string[])[output, answer.Error])
        {
            Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n' && !(c is '\r' or '\t' && format is "diff"));
            Assert.DoesNotContain(text, c =>
                c is (>= '\u202A' and <= '\u202E') or (
                >= '\u2066' and <= '\u2069') or '\u2028' or '\u2029' or '\u200B' or '\uFEFF' or '\uFFFE' || char.IsSurrogate(c));
            foreach (var line in text.Split('\n').Where(line => line.Contains("pwned", StringComparison.Ordinal)))
            {
                Assert.DoesNotContain("##[", line, StringComparison.Ordinal);
                Assert.DoesNotContain("##vso[", line, StringComparison.Ordinal);
                Assert.False(line.TrimStart().StartsWith("::", StringComparison.Ordinal)
                    && !line.Contains("title=RPV", StringComparison.Ordinal), line);
            }
        }

        if (answer.ExitCode == 2 && output.Length == 0)
            return;
        if (format is "json" or "sarif" or "gitlab")
            JsonDocument.Parse(answer.Output).Dispose();
        else if (format == "junit")
            XDocument.Parse(answer.Output);
    }
}
