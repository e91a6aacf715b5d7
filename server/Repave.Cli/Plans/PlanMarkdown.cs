using System.Text;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Cli;

/// <summary>A plan as a comment on a merge request: a summary, and a part to unfold for each change. Never longer than what the platforms
/// take.</summary>
internal static class PlanMarkdown
{
    /// <summary>Most characters of a comment: GitHub takes 65,536, others more.</summary>
    public const int MaxLength = 65_000;

    private const int MaxReasons = 25;
    private const int Reserve = 500;

    // What must be seen comes first, for what comes last may be cut.
    private static readonly PlanAction[] Order =
    [
        PlanAction.Replace, PlanAction.Delete, PlanAction.Unknown, PlanAction.Roll, PlanAction.InPlace, PlanAction.Create, PlanAction.None,
    ];

    public static string Render(IReadOnlyList<EnvironmentPlan> plans, bool showsBack)
    {
        var page = new StringBuilder();
        page.Append("### Replacement plan\n\n");
        if (plans is [var only])
            page.Append($"{(only.Environment is { } one ? $"**{Text(one.Name)}** against" : "Against")} `{Code(only.Plan.Baseline)}`: "
                + $"**{PlanWords.Summary(only.Plan)}**\n\n");
        else
            AppendMatrix(page, plans);
        foreach (var plan in plans.Where(plan => plans.Count == 1 || plan.HasNews))
        {
            if (BackWords.Line(plan.Plan) is { } line)
                page.Append($"{(plans.Count == 1 ? "" : $"**{Text(plan.Name)}**: ")}{Text(line)}\n\n");
        }

        var left = 0;
        foreach (var plan in plans)
        {
            var changes = Order.SelectMany(a => plan.Plan.Changes.Where(c => c.Action == a
                && (a != PlanAction.None || c.Warnings.Count > 0))).ToList();
            if (plans.Count > 1 && changes.Count > 0 && left == 0)
                page.Append($"#### {Text(plan.Name)}\n\n");
            foreach (var change in changes)
            {
                var part = Render(change, showsBack);
                if (left > 0 || page.Length + part.Length > MaxLength - Reserve)
                    left++;
                else
                    page.Append(part);
            }
        }

        if (left > 0)
            page.Append($"\n… and {PlanWords.Plural(left, "more change")}, too many for one comment: run `repave plan` for all of them.\n");
        foreach (var note in plans.SelectMany(plan => plan.Plan.Notes.Select(note => plans.Count == 1 ? note : $"{plan.Name}: {note}")))
        {
            var line = $"\n> {Text(note)}\n";
            if (page.Length + line.Length > MaxLength)
                break;
            page.Append(line);
        }

        return page.ToString();
    }

    private static void AppendMatrix(StringBuilder page, IReadOnlyList<EnvironmentPlan> plans)
    {
        const int most = 50;
        page.Append($"| environment | {string.Join(" | ", PlanWords.Order.Select(PlanNames.Of))} | "
            + $"|\n|---|{string.Concat(PlanWords.Order.Select(_ => "---:|"))}---|\n");
        var changing = plans.Where(plan => plan.HasNews).ToList();
        foreach (var plan in changing.Take(most))
            page.Append($"| **{Text(plan.Name)}** | {string.Join(" | ", PlanWords.Order.Select(a => plan.Plan.Count(a) is var count and > 0
                ? $"**{count}**" : ""))} | {Text(PlanWords.Replaced(plan.Plan).Trim())} |\n");
        var still = plans.Except(changing).Select(plan => Text(plan.Name)).ToList();
        if (still.Count > 0)
            page.Append($"\nUnchanged: {string.Join(", ", still.Take(most))}{(still.Count > most ? ", …" : "")}.\n");
        page.Append('\n');
    }

    private static string Render(ResourceChange change, bool showsBack)
    {
        var part = new StringBuilder();
        var marks = string.Concat(change.Warnings.Where(w => w.Kind != PlanWarningKind.Notice).Select(w => PlanWords.Heading(w.Kind))
            .Distinct().Select(h => $" ⚠ {h}"));
        var where = PlanWords.Home(change) is { } ns ? $" in {Text(ns)}" : "";
        part.Append($"<details{(change.Action is PlanAction.Replace or PlanAction.Delete ? " open" : "")}><summary>"
            + $"<code>{PlanWords.Sign(change.Action)}</code> "
            + $"<b>{Text(PlanWords.Name(change.Id))}</b>{where} {Text(PlanWords.What(change))}{marks}</summary>\n\n");
        if (change.CausedBy.Count > 0)
            part.Append($"Because of {string.Join(", ", change.CausedBy.Select(c => Text(PlanWords.Name(c))))}.\n\n");
        if (PlanWords.Cause(change) is { } cause)
            part.Append($"Because of {Text(cause)}.\n\n");
        if (change.Note is { } note)
            part.Append(Text(note)).Append("\n\n");
        if (StepsSentence.Of(change) is { } steps)
            part.Append(Text(steps)).Append("\n\n");
        if (change.Reasons.Count > 0)
            part.Append("| field | change | effect | where |\n|---|---|---|---|\n");
        foreach (var reason in change.Reasons.Take(MaxReasons))
        {
            var place = reason.Range is { } range ? $"{Text(reason.File!)}:{range.Start.Line + 1}" : "";
            part.Append($"| `{Code(reason.Path)}` | {Text(PlanWords.Values(reason))} | {PlanNames.Of(reason.Effect)}"
                + $"{(reason.Certainty == Certainty.Conditional ? " (conditional)" : "")}"
                + $"{(reason.Why.Length == 0 ? "" : ": " + Text(reason.Why))} | {place} |\n");
        }

        if (change.Reasons.Count > MaxReasons)
            part.Append($"\n… and {PlanWords.Plural(change.Reasons.Count - MaxReasons, "more field")}.\n");
        part.Append('\n');
        foreach (var warning in change.Warnings)
            part.Append($"- **{PlanWords.Heading(warning.Kind)}**: {Text(warning.Message)}\n");
        if (showsBack && change is { Back: { } back, Action: not PlanAction.None })
            part.Append($"- **going back** {BackWords.What(back)}"
                + $"{(back.Reasons.Count == 0 ? "" : $": {Text(string.Join(" ", back.Reasons))}")}\n");
        part.Append("\n</details>\n\n");
        return part.ToString();
    }

    private static string Code(string text) => Printable.Of(text).Replace("`", "'", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal);

    // What people wrote into manifests is text here, whatever it looks like.
    internal static string Text(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in Printable.Of(text))
        {
            switch (c)
            {
                case '<':
                    safe.Append("&lt;");
                    break;
                case '>':
                    safe.Append("&gt;");
                    break;
                case '&':
                    safe.Append("&amp;");
                    break;
                case '|' or '*' or '_' or '`' or '[' or ']' or '\\' or '~':
                    safe.Append('\\').Append(c);
                    break;
                case '@' or '#':
                    // Or whoever is named so would be notified, and the issue of that number.
                    safe.Append(c == '@' ? "&#64;" : "&#35;").Append("&#8203;");
                    break;
                case ':':
                    // Or an address would be a link.
                    safe.Append("&#58;");
                    break;
                default:
                    safe.Append(c);
                    break;
            }
        }

        return safe.ToString();
    }
}
