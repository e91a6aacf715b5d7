using System.Text;

namespace Repave.Core.Rules;

/// <summary>Writes the documentation pages of the rules, in Markdown.</summary>
public static class RulePage
{
    /// <summary>The page of a rule.</summary>
    public static string Of(Rule rule)
    {
        var page = new StringBuilder();
        page.Append($"# {rule.Id}: {rule.Title}\n\n");
        page.Append("<!-- Made by `repave rules --markdown docs/rules` from the rule itself; do not edit. -->\n\n");
        page.Append($"{Name(rule.Severity)}, {(rule.OnByDefault ? "on" : "off")} by "
            + $"default.{(rule.Dialect is null ? "" : $" Dialect: {rule.Dialect}.")}\n\n");
        page.Append(rule.Reason).Append("\n\n");
        if (rule is PlanRule { ExampleSettings: { } settings })
            page.Append("## With these settings\n\n```yaml\n").Append(settings.TrimEnd()).Append("\n```\n\n");
        if (rule is PlanRule plan)
            page.Append("## What runs\n\n```yaml\n").Append(plan.Before.TrimEnd()).Append("\n```\n\n");
        if (!rule.HasExamples)
            page.Length -= 1;
        else
            AppendExamples(page, rule);
        AppendList(page, "Controls", rule.Controls);
        AppendList(page, "References", [.. rule.References.Select(r => $"<{r}>")]);
        page.Append(rule.OnByDefault
            ? $"\n## Turning it off\n\nFor one place: `# repave: ignore {rule.Id} -- reason` on the line or above it. Everywhere, in "
                + $"`.repave.yaml`:\n\n```yaml\nrules:\n  {rule.Id}: off\n```\n"
            : $"\n## Turning it on\n\nIn `.repave.yaml`:\n\n```yaml\nrules:\n  {rule.Id}: on\n```\n");
        return page.ToString();
    }

    /// <summary>The table of the rules on manifests and plans.</summary>
    public static string Index(IReadOnlyList<Rule> rules) =>
        Table(rules, "# Rules\n\n<!-- Made by `repave rules --markdown docs/rules`; do not edit. -->\n\n"
            + "Rules on infrastructure code in C# are in [a table of their own](csharp.md).");

    /// <summary>A table of rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="head">What stands above it, in Markdown.</param>
    public static string Table(IReadOnlyList<Rule> rules, string head)
    {
        var page = new StringBuilder();
        page.Append(head).Append("\n\n| id | finds | severity | by default |\n|---|---|---|---|\n");
        foreach (var rule in rules)
            page.Append($"| [{rule.Id}]({rule.Id}.md) "
                + $"| {rule.Title} | {Name(rule.Severity).ToLowerInvariant()} | {(rule.OnByDefault ? "on" : "off")} |\n");
        return page.ToString();
    }

    private static void AppendExamples(StringBuilder page, Rule rule)
    {
        page.Append($"## Breaks the rule\n\n```{rule.ExampleLanguage}\n").Append(rule.Bad.TrimEnd()).Append("\n```\n\n");
        page.Append($"## Keeps it\n\n```{rule.ExampleLanguage}\n").Append(rule.Good.TrimEnd()).Append("\n```\n");
    }

    private static void AppendList(StringBuilder page, string title, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
            return;
        page.Append($"\n## {title}\n\n");
        foreach (var item in items)
            page.Append($"- {item}\n");
    }

    private static string Name(Severity severity) => severity.ToString();
}
