using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Terraform.Plans;

/// <summary>What files that a configuration fills in do to a plan: their texts are values as any others.</summary>
public sealed class TemplateValueTests
{
    private const string Group = """
        variable "name" {
          type    = string
          default = "web"
        }
        resource "aws_instance" "web" {
          ami                         = "ami-0123456789abcdef0"
          instance_type               = "t3.small"
          user_data_replace_on_change = true
          user_data                   = templatefile("${path.module}/init.tftpl", { name = var.name })
        }
        """;

    private const string Init = "#cloud-config\nhostname: ${name}\n";

    [Theory]
    [InlineData("infra")]
    [InlineData("")]
    public void AChangedTemplateReplacesTheMachine(string folder)
    {
        Assert.Equal(PlanAction.None, Plan(folder, Group, Init, Group, Init).Action);
        var changed = Plan(folder, Group, Init, Group, "#cloud-config\nhostname: ${name}-1\n");
        Assert.Equal((PlanAction.Replace, Certainty.Certain), (changed.Action, changed.Certainty));
        var reason = Assert.Single(changed.Reasons);
        Assert.Equal(("user_data", "\"#cloud-config\\nhostname: web\\n\"", "\"#cloud-config\\nhostname: web-1\\n\""),
            (reason.Path, reason.From, reason.To));
        // What the text says otherwise and fills in alike is no change.
        Assert.Equal(PlanAction.None, Plan(folder, Group, Init, Group, "#cloud-config\nhostname: ${format(\"%s\", name)}\n").Action);
    }

    [Fact]
    public void AChangedVariableIsSeenThroughTheTemplate() => Assert.Equal(PlanAction.Replace,
        Plan("", Group, Init, Group.Replace("\"web\"\n}", "\"api\"\n}", StringComparison.Ordinal), Init).Action);

    [Fact]
    public void OfAFileThatTheEarlierStateDoesNotHaveNothingIsSaid()
    {
        var change = Plan("", Group, null, Group, Init);
        Assert.Equal(Plan("", Group, null, Group, null).Action, change.Action);
        Assert.DoesNotContain(change.Reasons, reason => reason.Certainty == Certainty.Certain);
    }

    [Fact]
    public void ASecretInAFileIsNotShown()
    {
        var change = Plan("", Group, "export DB_PASSWORD=t9Kd7Qw2Xz4\n${name}\n", Group, "export DB_PASSWORD=u8Lc6Rv3Ya5\n${name}\n");
        Assert.Equal(PlanAction.Replace, change.Action);
        Assert.All(change.Reasons, reason => Assert.DoesNotContain("Kd7Qw2", $"{reason.From}{reason.To}", StringComparison.Ordinal));
        Assert.All(change.Reasons, reason => Assert.DoesNotContain("Lc6Rv3", $"{reason.From}{reason.To}", StringComparison.Ordinal));
    }

    [Fact]
    public void ATemplateIsNothingThatAPlanLeavesOut()
    {
        var plan = PlanOf("", Group, "%{ if true }\nkind: Pod\n%{ endif }\n", Group, "%{ if true }\nkind: Pod\n%{ endif }\n");
        Assert.DoesNotContain(plan.Notes, note => note.Contains("template", StringComparison.Ordinal));
    }

    private static ResourceChange Plan(string folder, string before, string? oldTemplate, string after, string? template) =>
        PlanOf(folder, before, oldTemplate, after, template).Changes.Single(change => change.Id.Type == "aws_instance");

    private static Plan PlanOf(string folder, string before, string? oldTemplate, string after, string? template) =>
        Planner.Plan(Files(folder, after, template), new Baseline("before", Files(folder, before, oldTemplate)) { IsEarlierState = true },
            Settings.Default, new PlanOptions());

    private static List<Manifest> Files(string folder, string text, string? template)
    {
        var at = folder.Length == 0 ? "" : folder + "/";
        return [Manifest.Parse(at + "main.tf", text), .. template is null ? [] : (Manifest[])[Manifest.Parse(at + "init.tftpl", template)]];
    }
}
