using System.Text.RegularExpressions;
using Repave.Core.Dialects;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>Files that are named by themselves, as hooks name them, and the rest of what their tool reads with them.</summary>
public sealed class NamedFilesTests : IDisposable
{
    private const string Main = "resource \"aws_instance\" \"a\" {\n  ami           = var.image\n  instance_type = local.size\n}\n";
    private const string Variables = "variable \"image\" {}\nlocals {\n  size = \"t3.micro\"\n}\noutput \"x\" {\n  value = var.other\n}\n";
    private const string NoFindings = "No findings in 1 resource of 1 file.\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-named-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void APartOfAModuleIsCheckedWithTheOthers()
    {
        Write("main.tf", Main);
        Write("variables.tf", Variables);
        // What is wrong with the other file is not said: nobody named it.
        Assert.Equal(NoFindings, Check("main.tf"));
        Assert.Equal(NoFindings, Check(Path.Combine(_folder, "main.tf")));
        Assert.Contains("variables.tf\n  6:11  error    RPV0060  There is no variable 'other' in this module.", Check("variables.tf"),
            StringComparison.Ordinal);
        Assert.Contains("in 4 resources of 2 files.", Check("main.tf", "variables.tf"), StringComparison.Ordinal);
    }

    [Fact]
    public void APartThatGitOrTheSettingsLeaveOutIsReadAndNotReported()
    {
        Git("init", "--quiet");
        Write(".gitignore", "variables.tf\n");
        Write("main.tf", Main);
        Write("variables.tf", Variables);
        Assert.Equal(NoFindings, Check("."));
        Write(".gitignore", "");
        Assert.Contains("variables.tf", Check("."), StringComparison.Ordinal);
        Write(".repave.yaml", "exclude: [variables.tf]\n");
        Assert.Equal(NoFindings.Replace("of 1 file", "of 2 files", StringComparison.Ordinal), Check("."));
    }

    [Fact]
    public void WhatIsStagedIsCheckedWithTheRestOfItsModuleInTheIndex()
    {
        Git("init", "--quiet");
        Git("config", "user.email", "tests@example.com");
        Git("config", "user.name", "tests");
        Write("main.tf", Main);
        Write("variables.tf", Variables.Replace("var.other", "var.image", StringComparison.Ordinal));
        Git("add", ".");
        Git("commit", "--quiet", "-m", "first");
        Write("main.tf", Main.Replace("\"a\"", "\"b\"", StringComparison.Ordinal));
        Git("add", "main.tf");
        // The index has them, whatever becomes of the file.
        Write("variables.tf", "");
        Assert.Equal(NoFindings, Check("--staged"));
        Git("rm", "--quiet", "--cached", "variables.tf");
        Assert.Contains("There is no variable 'image' in this module.", Check("--staged"), StringComparison.Ordinal);
        Assert.Contains("There is no local value 'size' in this module.", Check("--staged"), StringComparison.Ordinal);
    }

    [Fact]
    public void APartOfAPackerTemplateIsCheckedWithTheOthers()
    {
        Write("build.pkr.hcl", "source \"docker\" \"x\" {\n  image  = var.base\n  commit = true\n}\n"
            + "build {\n  sources = [\"source.docker.x\", \"source.docker.y\", \"source.docker.z\"]\n}\n");
        Write("more.pkr.hcl", "variable \"base\" {\n  type = string\n}\n"
            + "source \"docker\" \"y\" {\n  image  = \"a:1\"\n  commit = true\n}\n");
        var answer = Check("build.pkr.hcl");
        Assert.Contains("No source 'docker.z' is declared", answer, StringComparison.Ordinal);
        Assert.EndsWith("\n1 error in 2 resources of 1 file.\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop/templates/web.yaml")]
    [InlineData("shop/templates")]
    [InlineData("./shop/templates/web.yaml")]
    [InlineData("shop/values.yaml")]
    [InlineData("shop")]
    [InlineData("./shop/")]
    [InlineData("..//{name}/shop")]
    [InlineData("{folder}/shop/templates/web.yaml")]
    public void ASourceOfAChartIsCheckedAsItIsBuilt(string path)
    {
        Write("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 0.1.0\n");
        Write("shop/values.yaml", "port: 80\n");
        Write("shop/templates/web.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n"
            + "    - prt: {{ .Values.port }}\n");
        path = path.Replace("{name}", Path.GetFileName(_folder), StringComparison.Ordinal)
            .Replace("{folder}", _folder, StringComparison.Ordinal);
        var answer = Check(path);
        Assert.Contains("7:7  error    RPV0010  Unknown field 'prt'", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("left alone", answer, StringComparison.Ordinal);
        // From within a repository's chart, too.
        Git("init", "--quiet");
        answer = Tool.Repave(Path.Combine(_folder, "shop", "templates"), "check", "web.yaml").Output;
        Assert.Contains("RPV0010", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void APathFromTheRootMeansTheSameOverlay()
    {
        var samples = Path.Combine(Repository.Root, "samples");
        var relative = Tool.Repave(samples, "check", "shop-overlays").Output;
        Assert.Equal("No findings in 11 resources of 6 files.\n", relative);
        foreach (var path in new[] { "./shop-overlays", "../samples/shop-overlays", Path.Combine(samples, "shop-overlays") })
            Assert.Equal(relative, Tool.Repave(samples, "check", path).Output);
    }

    [Fact]
    public void APlanOfAPartIsOneOfItsModule()
    {
        Write("old/main.tf", Main);
        Write("old/variables.tf", Variables);
        Write("new/main.tf", Main);
        Write("new/variables.tf", Variables.Replace("t3.micro", "t3.large", StringComparison.Ordinal));
        var answer = Tool.Repave(_folder, "plan", "new/main.tf", "--from", "old/main.tf").Output;
        Assert.Contains("instance_type  \"t3.micro\" → \"t3.large\"", answer, StringComparison.Ordinal);
        Git("init", "--quiet");
        Git("add", ".");
        Git("-c", "user.email=tests@example.com", "-c", "user.name=tests", "commit", "--quiet", "-m", "first");
        Write("old/variables.tf", Variables.Replace("t3.micro", "t3.large", StringComparison.Ordinal));
        answer = Tool.Repave(_folder, "plan", "old/main.tf", "--from", "git:HEAD").Output;
        Assert.Contains("instance_type  \"t3.micro\" → \"t3.large\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void AFixIsWrittenToNamedFilesOnly()
    {
        const string old = "output \"a\" {\n  value = \"${var.image}\"\n}\n";
        Write("variables.tf", "variable \"image\" {}\n");
        Write("a.tf", old);
        Write("b.tf", old.Replace("\"a\"", "\"b\"", StringComparison.Ordinal));
        var answer = Tool.Repave(_folder, "check", "a.tf", "--fix");
        Assert.Equal(old.Replace("\"a\"", "\"b\"", StringComparison.Ordinal), File.ReadAllText(Path.Combine(_folder, "b.tf")));
        Assert.Equal("output \"a\" {\n  value = var.image\n}\n", File.ReadAllText(Path.Combine(_folder, "a.tf")));
        Assert.Contains("in 1 file.", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheHooksAreGivenEveryFileThatCanBeAManifest()
    {
        var hooks = File.ReadAllText(Path.Combine(Repository.Root, ".pre-commit-hooks.yaml"));
        var patterns = Regex.Matches(hooks, "(?m)^- id: (.+)\\n(?:  .+\\n)*?  files: '(.+)'$").ToDictionary(m => m.Groups[1].Value,
            m => m.Groups[2].Value);
        foreach (var hook in new[] { "repave-check", "repave-plan" })
        {
            foreach (var pattern in DialectCatalogue.FileNames.Append("*.tpl"))
            {
                var name = pattern.Replace("*", "x", StringComparison.Ordinal);
                Assert.Matches(patterns[hook], name);
                Assert.Matches(patterns[hook], "a/b/" + name);
            }

            foreach (var other in new[] { "main.go", "README.md", "a/Makefile", "tf", "yaml/x.py", "Dockerfile/x.sh", "environment" })
                Assert.DoesNotMatch(patterns[hook], other);
        }

        foreach (var pattern in DialectCatalogue.FormattedFiles)
            Assert.Matches(patterns["repave-fmt"], "a/" + pattern.Replace("*", "x", StringComparison.Ordinal));
        Assert.DoesNotMatch(patterns["repave-fmt"], "a.yaml");
    }

    private void Git(params string[] arguments) => Assert.Equal(0, Tool.Run(_folder, "git", arguments).ExitCode);

    private string Check(params string[] arguments) => Tool.Repave(_folder, ["check", .. arguments]).Output;

    private void Write(string path, string text)
    {
        var place = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, text);
    }
}
