using System.Net;
using System.Text;
using Repave.Core.Rules;

namespace Repave.Cli;

/// <summary>The record of a change as one HTML file that needs nothing else: for the audit file, and for who needs no server to read it. It
/// holds its own statement, and a digest over the whole page.</summary>
internal static class RecordHtml
{
    /// <summary>What stands before the digest of the page.</summary>
    public const string DigestMark = "data-page-sha256=\"";

    /// <summary>What stands before the statement.</summary>
    public const string StatementMark = "<pre id=\"statement\">";

    private const int MaxFindings = 200;
    private const int MaxFiles = 500;
    private const int MaxMessage = 1200;
    private const int ShortHash = 12;

    private const string Style = """
        header .verdict { display: inline-block; border-radius: 20px; padding: 2px 14px; font-weight: 600; color: var(--paper); background: var(--c) }
        .passed { --c: var(--create) } .failed { --c: var(--delete) } header p.lead { margin-bottom: 8px }
        caption { text-align: left; color: var(--soft); font-size: 13px; padding: 8px 0 2px } .facts ul, .facts ol { margin: 0; padding-left: 18px } .facts li { padding: 1px 0 }
        .commit { margin: 0 0 8px } .commit pre { margin-top: 2px } .hash { font-size: 11px; color: var(--soft) } table.free { table-layout: auto }
        table.free th { width: auto } table.free th, table.free td { padding-right: 18px; overflow-wrap: break-word }
        table.free .path { overflow-wrap: anywhere } .keep { white-space: nowrap } .severity-error b { color: var(--delete) } .severity-warning b { color: var(--in-place) } .severity-info b { color: var(--roll) }
        details { margin-top: 14px } summary { cursor: pointer; color: var(--soft) } #statement { overflow-wrap: anywhere; max-height: 320px; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 12px }
        .tile.zero b { font-weight: 400 } del.from { text-decoration: line-through }
        @media print { :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --ground: #fff; --create: #1a7f37; --in-place: #7d5300; --roll: #0550ae; --replace: #a40e26; --delete: #a40e26; --unknown: #6639ba; --none: #444 }
          body { font-size: 11pt } main { max-width: none } details { display: none } tr { break-inside: avoid } h2, h3, caption { break-after: avoid } header .verdict, .badge { color: var(--c); background: none; border: 1px solid var(--c) } a { text-decoration: none } @page { margin: 14mm } }
        """;

    /// <summary>The page.</summary>
    /// <param name="plans">The plans.</param>
    /// <param name="statement">The statement on them.</param>
    public static string Render(IReadOnlyList<EnvironmentPlan> plans, JsonStatement statement)
    {
        var record = statement.Predicate.Record;
        var page = new StringBuilder();
        var baseline = statement.Predicate.Plan.Baseline;
        page.Append("<!doctype html>\n<html lang=\"en\" " + DigestMark + "\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append($"<title>Change record against {Text(baseline)}</title>\n<style>\n{PlanHtml.Style}\n{Style}\n</style>\n"
            + "</head>\n<body>\n<main>\n");
        AppendHead(page, plans, statement);
        PlanHtml.AppendTiles(page, plans);
        if (plans.Count > 1)
            PlanHtml.AppendMatrix(page, plans);
        AppendSummary(page, record);
        PlanHtml.AppendPlans(page, plans);
        AppendDrift(page, record.Drift);
        AppendPolicy(page, record.Policy);
        AppendControls(page, record.Controls);
        AppendExceptions(page, record.Exceptions);
        AppendInputs(page, statement);
        PlanHtml.AppendWords(page);
        page.Append("<details><summary>This record as an in-toto statement, for programs</summary>\n"
            + $"{StatementMark}{Statement.Text(statement)}</pre></details>\n");
        page.Append("</main>\n</body>\n</html>\n");
        var text = page.ToString();
        return text.Replace(DigestMark, DigestMark + DigestOf(text), StringComparison.Ordinal);
    }

    /// <summary>The digest of a page in which none stands yet.</summary>
    public static string DigestOf(string page) => RecordPlaces.DigestOf(Encoding.UTF8.GetBytes(page));

    private static void AppendHead(StringBuilder page, IReadOnlyList<EnvironmentPlan> plans, JsonStatement statement)
    {
        var record = statement.Predicate.Record;
        var files = PlanWords.Plural(statement.Subject.Length, "file");
        var baseline = statement.Predicate.Plan.Baseline;
        page.Append($"<header>\n<h1>Change record</h1>\n<p class=\"lead\">What applying {files}"
            + $"{(plans.Count > 1 ? $" to {PlanWords.Plural(plans.Count, "environment")}" : "")} would do, "
            + $"compared with {Text(baseline)}. Nothing was changed to find out.</p>\n"
            + $"<p class=\"{record.Policy.Verdict}\"><span class=\"verdict\">{(record.Policy.Verdict == "passed" ? "Passes the policy"
                : "Does not pass the policy")}</span></p>\n</header>\n");
    }

    private static void AppendSummary(StringBuilder page, JsonRecord record)
    {
        page.Append("<h2>Who, why and when</h2>\n<div class=\"facts\"><table>\n");
        Row(page, "Who", Who(record.Who));
        Row(page, "Why", Why(record.Why));
        var time = record.When.Time is { } said ? said.Replace('T', ' ').Replace("Z", " UTC", StringComparison.Ordinal) + ", " : "";
        Row(page, "When", Text(time + RecordTime.Words(record.When)));
        Row(page, "Compared with", string.Join("<br>", record.Baselines.Select(b => Text(b.Name)
            + (b.Commit is { } commit ? $" <span class=\"hash path\">{commit}</span>" : b.Live ? " (live)" : ""))));
        Row(page, "The way back", Text(record.Back.Summary));
        Row(page, "Verdict", record.Policy.Because.Length == 0 ? "No rule finds an error, and nothing in the plan is forbidden."
            : $"<ul>{string.Concat(record.Policy.Because.Select(line => $"<li>{Text(line)}</li>"))}</ul>");
        Row(page, "Asked for as", $"<code>repave {Text(string.Join(' ', record.Request.Arguments.Select(Quoted)))}</code>"
            + (record.Request.Folder.Length == 0 ? "" : $" in {Text(record.Request.Folder)}"));
        page.Append("</table></div>\n");
    }

    private static string Who(JsonWho who)
    {
        var lines = who.Authors.Select(author => $"{Text(Person(author.Name, author.Email))}, author").ToList();
        if (who.User is { } user)
            lines.Add($"{Text(Person(user.Name, user.Email))}, who has not committed all of it yet");
        if (who.Ci is { } ci)
            lines.Add(Text(string.Join(", ", ((string?[])
            [
                $"{ci.System}{(ci.Actor is null ? "" : $" for {ci.Actor}")}", ci.Repository, ci.Ref, ci.Commit,
                ci.Request is null ? null : $"request {ci.Request}", ci.Run,
            ]).OfType<string>())) + " (as the run's variables say)");
        return lines.Count == 0 ? "Nobody is known: these files are in no commit that git has here, and no CI system ran this."
            : string.Join("<br>", lines);
    }

    private static string Why(JsonWhy why)
    {
        var text = new StringBuilder();
        if (!why.IsSinceBaseline && why.Commits.Length > 0)
            text.Append("<div class=\"why\">The last commit that touches these files:</div>");
        foreach (var commit in why.Commits)
            text.Append($"<div class=\"commit\"><b>{Text(commit.Subject)}</b>"
                + $"{(commit.Message.Length == 0 ? "" : $"<pre>{string.Join('\n', Cut(commit.Message).Split('\n').Select(Text))}</pre>")}"
                + $"<div class=\"why\">{Text(commit.Author)}, {Text(commit.Date)}, "
                + $"<span class=\"path\">{Short(commit.Id)}</span></div></div>");
        if (why.Uncommitted.Length > 0)
            text.Append($"<div>Not committed: {string.Join(", ", why.Uncommitted.Take(MaxFiles).Select(Text))}.</div>");
        return text.Length > 0 ? text.ToString()
            : why.Head is null ? "Nothing says it: these files are in no commit."
            : why.IsSinceBaseline ? "No commit since the baseline touches these files." : "No commit touches these files.";
    }

    private static void AppendDrift(StringBuilder page, JsonDrift? drift)
    {
        if (drift is null)
            return;
        page.Append("<h2>Drift</h2>\n<div class=\"facts\">\n");
        if (drift.Drift.Length == 0)
            page.Append("<p>Nothing was changed behind the manifests' back.</p>\n");
        else
            Table(page, "What was changed in the live objects behind the manifests' back, when this was read",
                ["Resource", "Field", "By", "When"], drift.Drift.Select(d => (string[])[Text($"{d.Resource.Type}/{d.Resource.Name}"),
                    $"<span class=\"path\">{Text(d.Path)}</span>"
                    + (d.What is { } what ? $" {Text(what)}" : ""), Text(d.Manager ?? "nothing says"), Text(d.Time ?? "nothing says")]));
        foreach (var note in drift.Notes)
            page.Append($"<p class=\"note\">{Text(note)}</p>\n");
        page.Append("</div>\n");
    }

    private static void AppendPolicy(StringBuilder page, JsonPolicy policy)
    {
        page.Append("<h2>Policy</h2>\n<div class=\"facts\"><table>\n");
        Row(page, "Settings", policy.File is { } file ? Text(file) : "none; every rule weighs what it usually does");
        Row(page, "Rules in force", $"{policy.Rules.Error.Length} as error, {policy.Rules.Warning.Length} as warning, "
            + $"{policy.Rules.Info.Length} as info; {policy.Rules.Off.Length} off");
        if (policy.Changed.Length > 0)
            Row(page, "Weights changed", $"<ul>{string.Concat(policy.Changed.Select(c => $"<li>{Text(c.Rule)}: {Text(c.Severity)}, usually "
                + $"{Text(c.Usual)}{(c.Paths is null ? "" : $", in {Text(c.Paths)}")}</li>"))}</ul>");
        if (policy.Forbidden.Length > 0)
            Row(page, "Forbidden", $"<ul>{string.Concat(policy.Forbidden.Where(f => f.Actions.Length > 0).Select(f =>
                $"<li>{Text(string.Join(", ", f.Actions))} of {Text(f.Kinds.Length == 0 ? "anything" : string.Join(", ", f.Kinds))}"
                + $"{(f.Environment is null ? "" : $" in {Text(f.Environment)}")}</li>"))}</ul>");
        if (policy.FailOn != "never")
            Row(page, "Fails on", Text(policy.FailOn));
        page.Append("</table></div>\n");
        if (policy.Findings.Length == 0)
        {
            page.Append("<p class=\"note\">The rules find nothing.</p>\n");
            return;
        }

        var shown = policy.Findings.OrderByDescending(f => f.Severity switch { "error" => 2, "warning" => 1, _ => 0 }).ToList();
        page.Append("<div class=\"facts\" style=\"margin-top: 12px\">\n");
        Table(page, $"What the rules find ({policy.Findings.Length})", ["Rule", "Weight", "Finding", "Where"],
            shown.Take(MaxFindings).Select(f => (string[])[Text(f.Id),
                $"<span class=\"severity-{Text(f.Severity)}\"><b>{Text(f.Severity)}</b></span>",
                Text(f.Message), f.File is null ? Text(f.Resource?.Name ?? "") : $"<span class=\"path\">{Text(f.File)}:{f.Line + 1}</span>"
                    + (f.Environment is null ? "" : $"<div class=\"why\">{Text(f.Environment)}</div>")]));
        if (shown.Count > MaxFindings)
            page.Append($"<p class=\"note\">and {shown.Count - MaxFindings} more; the statement below has all of them.</p>\n");
        page.Append("</div>\n");
    }

    private static void AppendControls(StringBuilder page, JsonControl[] controls)
    {
        page.Append("<h2>Controls</h2>\n");
        if (controls.Length == 0)
        {
            page.Append("<p class=\"note\">No rule that reads these manifests is in force.</p>\n");
            return;
        }

        foreach (var catalogue in controls.GroupBy(c => c.Catalogue, StringComparer.Ordinal))
        {
            page.Append("<div class=\"facts\" style=\"margin-bottom: 12px\">\n");
            Table(page, $"{catalogue.Key}: the rules in force that support each control, and what they find in this change",
                ["Control", "Title", "Rules", "Findings"], catalogue.Select(c => (string[])[
                    $"<span class=\"keep\">{Text($"{c.Catalogue} {c.Id}")}</span>", Text(c.Title),
                    $"<span class=\"why\">{string.Join(' ', c.Rules.Select(Text))}</span>",
                    c.Findings == 0 ? "none" : $"<b>{c.Findings}</b>"]));
            page.Append("</div>\n");
        }

        page.Append("<p class=\"note\">A rule supports a control; that none finds anything does not show that the control is met.</p>\n");
    }

    private static void AppendExceptions(StringBuilder page, JsonHeldBack[] exceptions)
    {
        page.Append("<h2>Exceptions</h2>\n");
        if (exceptions.Length == 0)
        {
            page.Append("<p class=\"note\">None: no comment holds a finding back, and the settings turn no rule off or down.</p>\n");
            return;
        }

        page.Append("<div class=\"facts\">\n");
        Table(page, "What is held back, why, and who wrote that", ["What", "Reason", "Owner", "Where"], exceptions.Select(e => (string[])
        [
            Text($"{string.Join(", ", e.Rules)}{(e.Rules.Length == 0 ? "" : e.Kind == "comment" ? " for a " : " ")}{e.What}"),
            e.Reason.Length == 0 ? "<b>none is given</b>" : Text(e.Reason),
            e.Owner is { } owner ? $"{Text(Person(owner.Name, owner.Email))}<div class=\"why\">{Text(owner.Date)}, "
                + $"<span class=\"path\">{Short(owner.Commit)}</span></div>" : "not committed",
            $"<span class=\"path\">{Text(e.File)}{(e.Line is { } line ? $":{line + 1}" : "")}</span>",
        ]));
        page.Append("</div>\n");
    }

    private static void AppendInputs(StringBuilder page, JsonStatement statement)
    {
        var record = statement.Predicate.Record;
        page.Append("<h2>What it was made from</h2>\n<div class=\"facts\">\n");
        Files(page, "Files that were planned (SHA-256)", statement.Subject);
        foreach (var baseline in record.Baselines)
        {
            if (baseline.Live)
                page.Append($"<p class=\"note\">{Text(baseline.Name)} is live, and has no files.</p>\n");
            else
                Files(page, $"{baseline.Name}{(baseline.Commit is { } commit ? $", commit {commit}" : "")} (SHA-256)", baseline.Files);
        }

        page.Append($"<p class=\"note\">Made by {Text(record.Tool.Name)} {Text(record.Tool.Version)}. The same inputs give the same bytes; "
            + "<code>repave verify</code> with this file says whether files, plan and record still belong together. Hashes show that "
            + "something was changed, not by whom: sign the record (docs/record.md) where that matters.</p>\n</div>\n");
    }

    private static void Files(StringBuilder page, string caption, JsonSubject[] files)
    {
        Table(page, caption, ["File", "Hash"], files.Take(MaxFiles).Select(file => (string[])
        [
            $"<span class=\"path\">{Text(file.Name)}</span>",
            $"<span class=\"hash path\">{Text(file.Digest.Sha256 ?? "could not be read")}</span>",
        ]));
        if (files.Length > MaxFiles)
            page.Append($"<p class=\"note\">and {files.Length - MaxFiles} more; the statement below has all of them.</p>\n");
    }

    private static void Table(StringBuilder page, string caption, string[] heads, IEnumerable<string[]> rows)
    {
        page.Append($"<table class=\"free\"><caption>{Text(caption)}</caption><thead><tr>"
            + $"{string.Concat(heads.Select(head => $"<th scope=\"col\">{head}</th>"))}</tr></thead><tbody>\n");
        foreach (var row in rows)
            page.Append($"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>\n");
        page.Append("</tbody></table>\n");
    }

    private static void Row(StringBuilder page, string head, string cell) =>
        page.Append($"<tr><th scope=\"row\">{head}</th><td>{cell}</td></tr>\n");

    private static string Short(string hash) => hash[..Math.Min(ShortHash, hash.Length)];

    private static string Person(string name, string email) => email.Length == 0 ? name : $"{name} <{email}>";

    private static string Quoted(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument;

    private static string Cut(string text) => text.Length <= MaxMessage ? text : text[..MaxMessage] + "…";

    private static string Text(string text) => WebUtility.HtmlEncode(Printable.Of(text));
}
