using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>What a stack exports, and what other templates import: CloudFormation refuses to change or to take away an export while another
/// stack imports it.</summary>
internal static class StackExports
{
    private const int MaxDepth = 60;

    /// <summary>An export.</summary>
    internal sealed record Export(string Output, string Name, string Value, MapNode Node);

    /// <summary>The exports of a template that are there, by their names.</summary>
    public static Dictionary<string, Export> Of(TemplateValues values)
    {
        var exports = new Dictionary<string, Export>(StringComparer.Ordinal);
        foreach (var output in values.Template.Outputs)
        {
            if (output.Value.Value.Resolved is not MapNode node || node["Export"]?["Name"] is not { } name
                || (node.TextAt("Condition") is { } condition && values.Condition(condition) == false))
                continue;
            var text = values.Text(name);
            exports[text] = new Export(output.Key, text, values.Text(node["Value"]), node);
        }

        return exports;
    }

    /// <summary>The names that a template imports.</summary>
    public static IEnumerable<string> ImportsOf(TemplateValues values)
    {
        var found = new List<string>();
        foreach (var entry in values.Template.Resources.Values.Concat(values.Template.Outputs.Values))
            Find(entry.Value, values, found, 0);
        return found;
    }

    /// <summary>Adds what becomes of exports to the changes of what they name.</summary>
    /// <param name="then">The template as it was.</param>
    /// <param name="now">The template as it will be.</param>
    /// <param name="changes">The stack's changes.</param>
    /// <param name="importers">The templates that import a name.</param>
    /// <returns>What is to be said of exports that name nothing that changes, by the export.</returns>
    public static Dictionary<string, PlanWarning> Warn(TemplateValues then, TemplateValues now, IReadOnlyList<ResourceChange> changes,
        Func<string, IReadOnlyList<string>> importers)
    {
        var left = new Dictionary<string, PlanWarning>(StringComparer.Ordinal);
        var (olds, news) = (Of(then), Of(now));
        var byName = new Dictionary<string, ResourceChange>(StringComparer.Ordinal);
        foreach (var change in changes)
            byName[change.Id.Name] = change;
        var byOutput = new Dictionary<string, Export>(StringComparer.Ordinal);
        foreach (var export in news.Values)
            byOutput[export.Output] = export;
        foreach (var old in olds.Values)
        {
            news.TryGetValue(old.Name, out var kept);
            var replaced = kept is null ? [] : NamedIn(kept, now)
                .Where(n => byName.TryGetValue(n, out var c) && c.Action == PlanAction.Replace)
                .Distinct().ToList();
            string what;
            if (kept is null)
                what = byOutput.TryGetValue(old.Output, out var renamed)
                    ? $"The export '{old.Name}' is renamed to '{renamed.Name}'" : $"The export '{old.Name}' goes";
            else if (replaced.Count > 0)
                what = $"The exported output '{kept.Output}' changes with '{string.Join("' and '", replaced)}'";
            else if (kept.Value != old.Value && then.Template.Resources.Count > 0)
                what = $"The value of the export '{old.Name}' changes";
            else
                continue;
            var users = importers(old.Name);
            var (kind, sentence) = users.Count > 0
                ? (PlanWarningKind.Refused, $"{what}; CloudFormation refuses that while the stack of {users[0]} imports it.")
                : (PlanWarningKind.Breaks, $"{what}; CloudFormation refuses that while another stack imports it.");
            var about = replaced.Concat(NamedIn(old, then)).Concat(kept is null ? [] : NamedIn(kept, now))
                .Select(n => byName.TryGetValue(n, out var change) ? change : null).Where(c => c is not null).ToList();
            if (about.Find(c => c!.Action != PlanAction.None) is { } changed)
                changed.Warn(kind, sentence);
            else
                left[old.Name] = new PlanWarning(kind, sentence);
        }

        return left;
    }

    /// <summary>The outputs whose export goes, is renamed or gets another value. What is exported anew nobody can have imported.</summary>
    /// <param name="then">The template as it was, with a resource of it.</param>
    /// <param name="now">The template as it will be, with a resource of it.</param>
    /// <param name="said">What is to be said of exports, by the export; what is not taken out belongs to no output.</param>
    public static IEnumerable<ResourceChange> Changes((TemplateValues Values, CloudFormationResource Any) then,
        (TemplateValues Values, CloudFormationResource Any) now, Dictionary<string, PlanWarning> said)
    {
        var news = Of(now.Values);
        var byOutput = news.Values.GroupBy(e => e.Output).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var old in Of(then.Values).Values)
        {
            // Whoever imports it asks for its name, whichever output that is of.
            var isThere = news.TryGetValue(old.Name, out var kept);
            if (isThere && kept!.Value == old.Value)
                continue;
            var (before, after) = (StackOutput.Of(then.Any, old.Output), StackOutput.Of(now.Any, kept?.Output ?? old.Output));
            if ((after ?? before) is not { } output)
                continue;
            var change = new ResourceChange(output.Id)
            {
                Baseline = before,
                Desired = after,
                Action = after is null ? PlanAction.Delete : PlanAction.InPlace,
                Certainty = Certainty.Certain,
            };
            byOutput.TryGetValue(old.Output, out var renamed);
            if (after is not null)
                change.Reasons.Add(isThere ? ReasonOf("Value", old.Value, kept!.Value, kept.Node["Value"] ?? after.NameNode, after)
                    : ReasonOf("Export.Name", old.Name, renamed?.Name, renamed?.Node["Export"]?["Name"] ?? after.NameNode, after));
            if (said.TryGetValue(old.Name, out var warning))
                change.Warn(warning);
            said.Remove(old.Name);
            yield return change;
        }
    }

    private static Reason ReasonOf(string path, string from, string? to, Node place, StackOutput output) => new(path, Quoted(from),
        to is null ? null : Quoted(to), Effect.InPlace, Certainty.Certain, "stacks that import it refuse that", output, place.Span)
    {
        WasThere = true,
        IsThere = to is not null,
    };

    // What is known in the stack only has no value to show.
    private static string? Quoted(string value) => value.Contains('<') ? null : $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static IEnumerable<string> NamedIn(Export export, TemplateValues values) =>
        TemplateReference.In(export.Node["Value"], values.Template.Document.Text)
            .Where(r => r.Kind is ReferenceKind.Ref or ReferenceKind.GetAtt)
            .Select(r => r.Name);

    private static void Find(Node? node, TemplateValues values, List<string> found, int depth)
    {
        if (depth > MaxDepth || node?.Resolved is not { } value)
            return;
        if (Intrinsic.Of(value) is { Name: "Fn::ImportValue" } function)
        {
            var text = values.Text(value);
            const string before = "<Fn::ImportValue ";
            if (text.StartsWith(before, StringComparison.Ordinal))
                found.Add(text.Substring(before.Length, text.Length - before.Length - 1));
            if (function.IsShort)
                return;
        }

        foreach (var held in Intrinsic.Below(value))
            Find(held, values, found, depth + 1);
    }
}
