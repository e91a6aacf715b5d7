using Repave.Core.Commands;
using Repave.Core.Tests.Support;
using Repave.Core.Text;

namespace Repave.Core.Tests.Commands;

/// <summary>Command lines as shells and programs read them.</summary>
public class CommandReaderTests
{
    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("a \"b c\" d", "a|b c|d")]
    [InlineData("a \"b \\\"c\\\"\" d", "a|b \"c\"|d")]
    [InlineData("a \"\" b", "a||b")]
    [InlineData("-c 'a b' c", "-c|a b|c")]
    [InlineData("it's fine", "it's|fine")]
    [InlineData("--x=\"a b\"", "--x=a b")]
    public void ArgumentsAreSplitAsProgramsDo(string text, string expected) => Assert.Equal(expected.Split('|'), ArgumentText.Split(text));

    [Theory]
    [InlineData("a b; c d", "a b;c d")]
    [InlineData("a && b || c | d", "a;b;c;d")]
    [InlineData("if a; then b c; fi", "a;b c")]
    [InlineData("X=1 Y=2 a b", "a b")]
    [InlineData("a $X \"$Y z\" '$Z'", "a ? ? z $Z")]
    [InlineData("a $(b c) d", "b c;a ? d")]
    [InlineData("a ${X:-y} $((1+2))", "a ? ?")]
    [InlineData("# a b\nc", "c")]
    [InlineData("for x in 1 2; do a $x; done", "for x in 1 2;a ?")]
    public void ScriptsAreReadAsShellsDo(string script, string expected) => Assert.Equal(expected,
        string.Join(';', ShellText.Read(script).Select(c => string.Join(' ', c.Words.Prepend(c.Program)).Replace(CommandLine.Unknown,
            '?'))));

    [Fact]
    public void InputIsReadToo()
    {
        Assert.Equal("x y", ShellText.Read("a <<< 'x y'")[0].Input);
        Assert.Equal("x\ny\n", ShellText.Read("a b <<EOF\nx\ny\nEOF\nc")[0].Input);
        Assert.Equal("x y", ShellText.Read("echo x y | a")[1].Input);
        Assert.True(ShellText.Read("a > /etc/x")[0].WritesFile);
        Assert.False(ShellText.Read("a > /dev/null 2>&1")[0].WritesFile);
    }

    [Theory]
    [InlineData("cd x && kubectl patch a | more & kubectl get pods", "cd|kubectl|more|kubectl")]
    [InlineData("\"C:\\Program Files\\kubectl.exe\" patch a", "kubectl")]
    [InlineData("start \"\" /b kubectl patch a", "kubectl")]
    [InlineData("if exist a.yaml kubectl edit a", "kubectl")]
    [InlineData("@echo off & call kubectl get", "echo|kubectl")]
    public void CmdIsRead(string text, string expected) => Assert.Equal(expected.Split('|'), CmdText.Read(text).Select(c => c.Name));

    [Theory]
    [InlineData("kubectl patch a; Get-Item b | Out-Null", "kubectl patch a|Get-Item b|Out-Null")]
    [InlineData("& 'C:\\x y\\kubectl.exe' edit a", "C:\\x y\\kubectl.exe edit a")]
    [InlineData("$x = kubectl get a", "kubectl get a")]
    [InlineData("if ($x) { kubectl edit a } else { b }", "kubectl edit a|b")]
    [InlineData("a \"x $y z\" '$q'", "a x ? z $q")]
    [InlineData("a `\n b # c", "a b")]
    public void PowerShellIsRead(string text, string expected) => Assert.Equal(expected.Split('|'),
        PowerShellText.Read(text).Select(c => string.Join(' ', c.Words.Prepend(c.Program)).Replace(CommandLine.Unknown, '?')));

    [Theory]
    [InlineData("kubectl -n patch get pods", null)]
    [InlineData("kubectl -n shop patch a", CommandKind.Live)]
    [InlineData("kubectl --namespace=shop patch a", CommandKind.Live)]
    [InlineData("kubectl --unknown-option value patch a", CommandKind.Live)]
    [InlineData("kubectl logs -f patch", null)]
    [InlineData("kubectl exec -it a -- cat x > y", null)]
    [InlineData("kubectl exec a -- find /tmp -name x -exec rm {} \\;", CommandKind.Live)]
    [InlineData("kubectl exec a -- find /tmp -name x", null)]
    [InlineData("kubectl exec a -- curl -s http://localhost/health", null)]
    [InlineData("kubectl exec a -- curl -X POST http://localhost/reload", CommandKind.Live)]
    [InlineData("kubectl delete pod,svc -l app=web", CommandKind.Live)]
    [InlineData("kubectl delete pod", null)]
    [InlineData("kubectl patch a --dry-run=none", CommandKind.Live)]
    [InlineData("docker exec -e A=b -u root web env", CommandKind.Container)]
    [InlineData("docker run -it --rm -v /x:/y -w /y node:22 npm ci", null)]
    [InlineData("sudo -u web -- docker exec web rm x", CommandKind.Container)]
    [InlineData("watch -n 5 'kubectl get pods'", null)]
    [InlineData("su - web -c 'systemctl restart web'", CommandKind.Services)]
    [InlineData("ssh -o ProxyJump=bastion web-1 -- sudo reboot", CommandKind.Machine)]
    [InlineData("ssh bastion kubectl rollout restart deploy/web", CommandKind.Live)]
    [InlineData("terraform -chdir=x apply -auto-approve -input=false", CommandKind.Plan)]
    [InlineData("terraform apply -auto-approve -var a=b plan.out", null)]
    [InlineData("aws-vault exec prod -- kubectl edit a", CommandKind.Live)]
    [InlineData("gcloud alpha compute ssh web --command='ls -l'", null)]
    [InlineData("rsync -e 'ssh -p 22' a b", null)]
    [InlineData("rsync -a a web:b", CommandKind.Machine)]
    [InlineData("eval \"kubectl edit a\"", CommandKind.Live)]
    [InlineData("printf '%s' 'kubectl edit a'", null)]
    [InlineData("bash -c", null)]
    [InlineData("kubectl", null)]
    [InlineData("", null)]
    public void EffectsAreTold(string script, CommandKind? expected) => Assert.Equal(expected, CommandReader.EffectOf(script)?.Kind);

    [Fact]
    public void EveryProgramOfTheTableHasRowsThatFit()
    {
        // A row whose first word is an option's value, or that has no words, would never be met.
        Assert.All(ProgramTable.Instance.Entries, e => Assert.True(e.Rows.Count > 0 || e.Wraps is not null));
        Assert.True(ProgramTable.Instance.Entries.Count() > 60);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("$(")]
    [InlineData("{")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("`")]
    [InlineData("bash -c \"")]
    [InlineData("sudo ")]
    [InlineData("kubectl exec a -- ")]
    [InlineData("<<<")]
    [InlineData("<<A\n")]
    [InlineData("%")]
    [InlineData("$x=")]
    [InlineData("a|")]
    public void HostileTextsTakeNoTime(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 190_000 / part.Length));
        var bound = TimeSpan.FromSeconds(5);
        var took = Timing.Least(bound, () =>
        {
            CommandReader.EffectOf(text);
            CommandReader.EffectOf(new CommandLine("cmd", ["/c", text]));
            CommandReader.EffectOf(new CommandLine("pwsh", ["-Command", text]));
            CommandReader.EffectOf(new CommandLine("sudo", ArgumentText.Split(text)));
        });
        Assert.True(took < bound, $"{took}");
    }
}
