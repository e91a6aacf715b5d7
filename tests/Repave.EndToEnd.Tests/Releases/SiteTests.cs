using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Releases;

/// <summary>The site of the docs, built and looked at in a real browser: links, console, axe, and search without a network. Screenshots stay under
/// artifacts/screenshots/site.</summary>
[Collection(nameof(Workbench))]
public sealed class SiteTests
{
    [Fact]
    public void EveryPageIsWellInABrowser()
    {
        Components.Require(Programs.Exist("npm") && Programs.Exist("chromium") ? null
            : "npm (node 20) or chromium is not installed (Debian: apt-get install chromium)");
        var docs = Path.Combine(Repository.Root, "docs");
        foreach (var arguments in (string[][])[["ci", "--silent"], ["run", "-s", "build"]])
        {
            var step = Tool.Run(docs, "npm", arguments);
            Assert.True(step.ExitCode == 0, $"npm {string.Join(' ', arguments)}: {step.Error}{step.Output}");
        }

        var answer = Tool.Run(docs, "node", ["check.mjs", Path.Combine(Repository.Root, "artifacts", "screenshots", "site")]);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.Matches(@"^\d{3} pages, \d{4,} links, \d{2,} judged by axe\n$", answer.Output);
        // What is wrong is found: a link to nothing, a heading that there is not, and a picture that says nothing to who cannot see it.
        var page = Path.Combine(docs, ".vitepress", "dist", "compare.html");
        var text = File.ReadAllText(page);
        try
        {
            File.WriteAllText(page, text.Replace("</body>", "<a href=\"./nothing.html\">a</a><a href=\"./plans.html#nothing\">b</a>"
                + "<img src=\"./images/plan.svg\"></body>", StringComparison.Ordinal));
            answer = Tool.Run(docs, "env", ["ONLY=compare.html", "node", "check.mjs"]);
        }
        finally
        {
            File.WriteAllText(page, text);
        }

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("compare.html: nothing is at ./nothing.html", answer.Output, StringComparison.Ordinal);
        Assert.Contains("compare.html: ./plans.html#nothing has no such heading", answer.Output, StringComparison.Ordinal);
        Assert.Contains("compare.html (light): axe image-alt", answer.Output, StringComparison.Ordinal);
    }
}
