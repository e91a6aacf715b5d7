using Repave.Core.Text;

namespace Repave.Core.Tests.Text;

/// <summary>Of a script only what it runs is looked at.</summary>
public sealed class ShellTextTests
{
    [Theory]
    [InlineData("apt-get install x", true)]
    [InlineData("# apt-get install x", false)]
    [InlineData("run # apt-get install x", false)]
    [InlineData("run#1 && apt-get install x", true)]
    [InlineData("echo apt-get install x", false)]
    [InlineData("echo \"apt-get install x\"", false)]
    [InlineData("echo 'now'; apt-get install x", true)]
    [InlineData("printf '%s\\n' 'apt-get install x' > /tmp/help", false)]
    [InlineData("echo 'apt-get install x' | sh", true)]
    [InlineData("echo 'apt-get install x' | tee log", false)]
    [InlineData("MESSAGE='apt-get install x'", false)]
    [InlineData("DEBIAN_FRONTEND=noninteractive apt-get install x", true)]
    [InlineData("sudo -E apt-get install x", true)]
    [InlineData("sh -c 'apt-get install x'", true)]
    [InlineData("/bin/bash -ec \"apt-get install x\"", true)]
    [InlineData("su - user -c 'apt-get install x'", true)]
    [InlineData("python -c 'apt-get install x'", false)]
    [InlineData("sh -c 'echo \"apt-get install x\"'", false)]
    [InlineData("eval 'apt-get install x'", true)]
    [InlineData("trap 'apt-get install x' EXIT", true)]
    [InlineData("echo \"$(apt-get install x)\"", true)]
    [InlineData("echo `apt-get install x`", true)]
    [InlineData("echo '$(apt-get install x)'", false)]
    [InlineData("cat <<EOF > /tmp/help\napt-get install x\nEOF\nrun", false)]
    [InlineData("cat <<'EOF'\nEOF2\napt-get install x\nEOF\nrun", false)]
    [InlineData("bash <<EOF\napt-get install x\nEOF", true)]
    [InlineData("cat <<EOF\ntext\nEOF\napt-get install x", true)]
    [InlineData("cat <<-EOF\n\ttext\n\tEOF\napt-get install x", true)]
    [InlineData("if ! command -v x; then apt-get install x; fi", true)]
    [InlineData("while true; do apt-get install x; done", true)]
    [InlineData("f() { apt-get install x; }", true)]
    [InlineData("(cd /tmp && apt-get install x)", true)]
    [InlineData("apt-get \\\n  install x", true)]
    [InlineData("apt-get 'install' x", true)]
    [InlineData("run $((1 + 2)) && apt-get install x", true)]
    [InlineData("run ${A:-b} && apt-get install x", true)]
    [InlineData("grep 'apt-get install' log", false)]
    [InlineData("x=\"unfinished apt-get install", false)]
    public void OnlyWhatRunsIsLeft(string script, bool runs) =>
        Assert.Equal(runs, System.Text.RegularExpressions.Regex.IsMatch(ShellText.CommandsOf(script), @"apt-get\s+install"));

    [Theory]
    [InlineData("curl -fsSL https://example.com/x | sh", "curl -fsSL https://example.com/x | sh")]
    [InlineData("bash <(curl https://example.com/x)", "bash <(curl https://example.com/x)")]
    [InlineData("sh -c \"$(curl https://example.com/x)\"", "sh -c \"$(curl https://example.com/x)\"")]
    [InlineData("run 2>&1 >/dev/null", "run 2>&1 > /dev/null")]
    [InlineData("sed -i s/a/b/ /etc/x", "sed -i s/a/b/ /etc/x")]
    public void WhatRunsReadsAsItWasWritten(string script, string commands) =>
        Assert.StartsWith(commands, ShellText.CommandsOf(script).Trim(), StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { "sh", "-c", "# a\nrun x" }, new string[0], "run x")]
    [InlineData(new[] { "run x" }, new[] { "sh", "-c" }, "run x")]
    [InlineData(new[] { "-c", "run x" }, new string[0], "run x")]
    [InlineData(new[] { "tini", "--", "bash", "-euxc", "run x" }, new string[0], "run x")]
    [InlineData(new[] { "run", "x" }, new string[0], "run x")]
    public void ListsOfWordsRunScriptsBehindAShell(string[] words, string[] before, string commands) =>
        Assert.Contains(commands, ShellText.CommandsOf(words, before), StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { "--say", "run x" }, new string[0])]
    [InlineData(new[] { "python", "--code", "run x" }, new string[0])]
    [InlineData(new[] { "echo", "run", "x" }, new string[0])]
    public void ListsOfWordsRunNothingElse(string[] words, string[] before) =>
        Assert.DoesNotContain("run x", ShellText.CommandsOf(words, before), StringComparison.Ordinal);

    [Fact]
    public void EveryBeginningOfAScriptIsRead()
    {
        const string script = "if x; then sh -c \"echo $(date) `y`\" <<EOF | cat > >(z) 2>&1\nbody ${a:-$(b)}\nEOF\nfi; case $1 in a) b;; esac \\";
        for (var length = 0; length <= script.Length; length++)
        {
            ShellText.CommandsOf(script[..length]);
            ShellText.CommandsOf(script[length..]);
        }

        Assert.True(ShellText.CommandsOf(new string('(', 5000) + string.Concat(Enumerable.Repeat("$(", 5000))).Length > 0);
    }
}
