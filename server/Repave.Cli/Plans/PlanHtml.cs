using System.Net;
using System.Text;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;

namespace Repave.Cli;

/// <summary>Plans as parts of an HTML page.</summary>
internal static class PlanHtml
{
    private const int MaxReasons = 200;

    private static readonly PlanAction[] Order =
        [PlanAction.Replace, PlanAction.Delete, PlanAction.Unknown, PlanAction.Roll, PlanAction.InPlace, PlanAction.Create];

    internal const string Style = """
        :root { --ink: #1d2430; --soft: #5d6878; --line: #d9dee6; --paper: #ffffff; --ground: #f4f6f9;
          --create: #1a7f37; --in-place: #9a6700; --roll: #0969da; --replace: #cf222e; --delete: #cf222e; --unknown: #8250df; --none: #57606a; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa5b4; --line: #353d49; --paper: #1b2028; --ground: #12161c;
          --create: #4ac26b; --in-place: #d4a72c; --roll: #58a6ff; --replace: #ff7b72; --delete: #ff7b72; --unknown: #bc8cff; --none: #8b949e; } }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
        main { max-width: 1080px; margin: 0 auto; padding: 32px 24px 64px }
        h1 { font-size: 26px; margin: 0 0 4px } h2 { font-size: 18px; margin: 36px 0 12px }
        .lead { color: var(--soft); margin: 0 0 20px } code, pre, .path { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px }
        .tiles { display: flex; flex-wrap: wrap; gap: 12px } .tile { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 12px 18px; min-width: 118px }
        .tile b { display: block; font-size: 26px; line-height: 1.2 } .tile span { color: var(--soft); font-size: 13px } .tile.zero { border-style: dashed } .tile.zero b { color: var(--soft); font-weight: 400 }
        .change { background: var(--paper); border: 1px solid var(--line); border-left: 5px solid var(--c); border-radius: 10px; margin: 0 0 14px; padding: 14px 18px }
        .change :is(h2, h3) { font-size: 16px; margin: 0 } .change h3 .what { color: var(--c); font-weight: 600 } .change .ns { color: var(--soft); font-weight: 400 }
        .badge { display: inline-block; border-radius: 20px; padding: 0 9px; font-size: 12px; font-weight: 600; color: var(--paper); background: var(--c); margin-right: 8px }
        table { border-collapse: collapse; width: 100%; margin: 10px 0 4px; table-layout: fixed } th { text-align: left; color: var(--soft); font-weight: 500; font-size: 13px }
        td, th { border-top: 1px solid var(--line); padding: 6px 10px 6px 0; vertical-align: top; overflow-wrap: anywhere } thead th { border-top: 0 }
        .from { color: var(--soft); text-decoration: line-through } pre { margin: 4px 0 0; color: var(--soft); white-space: pre-wrap }
        .why { color: var(--soft); font-size: 13px } ul.warnings { margin: 8px 0 0; padding: 0; list-style: none } ul.warnings li { padding: 2px 0 }
        ul.warnings b { color: var(--in-place) } ul.warnings .strong b { color: var(--replace) } .note { color: var(--soft); margin: 6px 0 0 }
        .facts { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 4px 18px } .facts table { margin: 0 } .facts tr:first-child td, .facts tr:first-child th { border-top: 0 }
        .facts th { width: 190px; font-weight: 500 } .meaning td:first-child { white-space: nowrap; width: 130px }
        h2.env { margin-top: 44px; font-size: 24px } table.matrix { table-layout: auto } table.matrix td, table.matrix th { width: auto; overflow-wrap: normal } .scroll { overflow-x: auto } a { color: inherit }
        @media print { body { background: #fff } .change { break-inside: avoid } main { padding: 0 } }
        """;

    /// <summary>The plans, an environment after the other.</summary>
    public static void AppendPlans(StringBuilder page, IReadOnlyList<EnvironmentPlan> plans)
    {
        foreach (var plan in plans.Where(plan => plans.Count == 1 || plan.HasNews))
        {
            if (plans.Count > 1)
                page.Append($"<h2 class=\"env\" id=\"{Text(plan.Name)}\">{Text(plan.Name)}</h2>\n<p class=\"lead\">"
                    + $"{Text(plan.Environment is { } one ? one.Source + ", " : "")}against {Text(plan.Plan.Baseline)}</p>\n");
            AppendPlan(page, plan.Plan, plans.Count > 1);
        }
    }

    private static void AppendPlan(StringBuilder page, Plan plan, bool saysWayBack)
    {
        if (saysWayBack && BackWords.Line(plan) is { } line)
            page.Append($"<p class=\"note\">{Text(line)}</p>\n");
        foreach (var action in Order)
        {
            var changes = plan.Changes.Where(c => c.Action == action).ToList();
            if (changes.Count == 0)
                continue;
            page.Append($"<h2>{Heading(action)} ({changes.Count})</h2>\n");
            foreach (var change in changes)
                AppendChange(page, change);
        }

        var unchanged = plan.Changes.Where(c => c.Action == PlanAction.None).ToList();
        if (unchanged.Count > 0)
            page.Append($"<h2>Unchanged ({unchanged.Count})</h2>\n<p "
                + $"class=\"note\">{string.Join(", ", unchanged.Select(c => Text(PlanWords.Name(c.Id))))}</p>\n");
        AppendNotes(page, plan);
    }

    /// <summary>How many changes of each kind every environment has.</summary>
    public static void AppendMatrix(StringBuilder page, IReadOnlyList<EnvironmentPlan> plans)
    {
        page.Append("<h2>Environments</h2>\n<div class=\"facts scroll\" tabindex=\"0\" role=\"region\" "
            + "aria-label=\"Environments\"><table class=\"matrix\"><thead><tr><th>environment</th>"
            + $"{string.Concat(PlanWords.Order.Select(a => $"<th>{PlanNames.Of(a)}</th>"))}</tr></thead>\n");
        foreach (var plan in plans)
            page.Append($"<tr><th>{(plan.HasNews ? $"<a href=\"#{Text(plan.Name)}\">{Text(plan.Name)}</a>" : Text(plan.Name))}</th>"
                + string.Concat(PlanWords.Order.Select(a => plan.Plan.Count(a) is var count and > 0
                    ? $"<td style=\"color: var(--{PlanNames.Of(a)})\"><b>{count}</b></td>" : "<td class=\"why\">·</td>")) + "</tr>\n");
        page.Append("</table></div>\n");
    }

    /// <summary>How many changes of each kind there are.</summary>
    public static void AppendTiles(StringBuilder page, IReadOnlyList<EnvironmentPlan> plans)
    {
        page.Append("<div class=\"tiles\">\n");
        foreach (var action in (PlanAction[])[.. PlanWords.Order, PlanAction.None])
        {
            var count = plans.Sum(plan => plan.Plan.Count(action));
            page.Append($"<div class=\"tile{(count == 0 ? " zero" : "")}\" style=\"color: "
                + $"var(--{PlanNames.Of(action)})\"><b>{count}</b><span>{PlanWords.Verb(action)}</span></div>\n");
        }

        page.Append("</div>\n");
    }

    private static void AppendChange(StringBuilder page, ResourceChange change)
    {
        var ns = PlanWords.Home(change) is { } name ? $" <span class=\"ns\">in {Text(name)}</span>" : "";
        page.Append($"<section class=\"change\" style=\"--c: var(--{PlanNames.Of(change.Action)})\">\n<h3><span "
            + $"class=\"badge\">{PlanNames.Of(change.Action)}</span>{Text(PlanWords.Name(change.Id))}{ns} <span "
            + $"class=\"what\">{Text(PlanWords.What(change))}</span></h3>\n");
        if (change.CausedBy.Count > 0)
            page.Append($"<p class=\"note\">Because of {string.Join(", ", change.CausedBy.Select(c => Text(PlanWords.Name(c))))}.</p>\n");
        if (PlanWords.Cause(change) is { } cause)
            page.Append($"<p class=\"note\">Because of {Text(cause)}.</p>\n");
        if (change.Note is { } note)
            page.Append($"<p class=\"note\">{Text(note)}</p>\n");
        if (StepsSentence.Of(change) is { } steps)
            page.Append($"<p class=\"note\"><b>How</b>: {Text(steps)}</p>\n");
        if (change.Reasons.Count > 0)
        {
            page.Append("<table><colgroup><col style=\"width: 34%\"><col style=\"width: 30%\"><col style=\"width: "
                + "36%\"></colgroup><thead><tr><th>Field and line</th><th>Change</th><th>What that does</th></tr></thead>\n");
            foreach (var reason in change.Reasons.Take(MaxReasons))
                AppendReason(page, reason);
            page.Append("</table>\n");
            if (change.Reasons.Count > MaxReasons)
                page.Append($"<p class=\"note\">and {PlanWords.Plural(change.Reasons.Count - MaxReasons, "more field")}</p>\n");
        }

        if (change.Warnings.Count > 0)
        {
            page.Append("<ul class=\"warnings\">\n");
            foreach (var warning in change.Warnings)
                page.Append($"<li{(warning.Kind is PlanWarningKind.DataLoss or PlanWarningKind.Refused or PlanWarningKind.Breaks
                    ? " class=\"strong\""
                    : "")}><b>{PlanWords.Heading(warning.Kind)}</b>: {Text(warning.Message)}</li>\n");
            page.Append("</ul>\n");
        }

        if (change.Back is { } back)
            page.Append($"<p class=\"note\"><b>Going back</b> {BackWords.What(back)}{(back.Reasons.Count == 0 ? "." : ": ")}"
                + $"{Text(string.Join(" ", back.Reasons))}</p>\n");
        page.Append("</section>\n");
    }

    private static void AppendReason(StringBuilder page, Reason reason)
    {
        var place = reason.Range is { } range ? $"<div class=\"why\">{Text(reason.File!)}:{range.Start.Line + 1}</div>" : "";
        var line = PlanWords.Line(reason) is { } text ? $"<pre>{Text(text.Trim())}</pre>" : "";
        var values = reason.IsSecret || (reason.From is null && reason.To is null)
            ? Text(PlanWords.Values(reason))
            : (reason.From is null ? "" : $"<del class=\"from\">{Text(reason.From)}</del><br>")
                + (reason.To is null ? "<span class=\"why\">removed</span>" : Text(reason.To));
        page.Append($"<tr><td><span class=\"path\">{Text(reason.Path)}</span>{place}{line}</td><td class=\"path\">{values}</td>"
            + $"<td>{PlanNames.Of(reason.Effect)}{(reason.Certainty == Certainty.Conditional ? " (conditional)" : "")}"
            + $"{(reason.Why.Length == 0 ? "" : $"<div class=\"why\">{Text(reason.Why)}</div>")}</td></tr>\n");
    }

    private static void AppendNotes(StringBuilder page, Plan plan)
    {
        if (plan.Notes.Count == 0)
            return;
        page.Append("<h2>Notes</h2>\n<ul>\n");
        foreach (var note in plan.Notes)
            page.Append($"<li>{Text(note)}</li>\n");
        page.Append("</ul>\n");
    }

    /// <summary>What the words of plans mean.</summary>
    public static void AppendWords(StringBuilder page)
    {
        page.Append("<h2>What the words mean</h2>\n<div class=\"facts\"><table class=\"meaning\">\n");
        foreach (var (word, meaning) in ((string, string)[])[
            ("create", "the object is made"),
            ("in-place", "the live object is mutated and keeps its identity; nothing that runs is replaced"),
            ("roll", "the object keeps its identity; the pods that it manages are replaced"),
            ("replace", "the platform refuses the update, or the object gets another identity: the old one is deleted, a new one made"),
            ("delete", "the object is deleted"),
            ("unknown", "the live object could not be read"),
            ("conditional", "it depends on something that neither the manifests nor the baseline show")])
            page.Append($"<tr><td><b>{word}</b></td><td>{meaning}</td></tr>\n");
        page.Append("</table></div>\n");
    }

    private static string Heading(PlanAction action) => action switch
    {
        PlanAction.Replace => "Replaced",
        PlanAction.Delete => "Deleted",
        PlanAction.Unknown => "Unknown",
        PlanAction.Roll => "Rolled",
        PlanAction.InPlace => "Mutated in place",
        _ => "Created",
    };

    private static string Text(string text) => WebUtility.HtmlEncode(Printable.Of(text));
}
