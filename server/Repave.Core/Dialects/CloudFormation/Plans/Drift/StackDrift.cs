using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Plans.Drift;

/// <summary>What CloudFormation found changed in a stack's resources when it last looked: the answer of
/// <c>describe-stack-resource-drifts</c>, read from the stack or from a file
/// (AWS CloudFormation API reference, StackResourceDrift).</summary>
internal static class StackDrift
{
    private const string Answer = "StackResourceDrifts";

    /// <summary>Whether a baseline says what drifted.</summary>
    public static bool IsSaid(Baseline baseline) =>
        (baseline.Evidence is StackEvidence evidence && evidence.Drift.Value.Pages.Count > 0) || AnswersIn(baseline).Any();

    /// <summary>What was changed behind the templates' back, in the order of these.</summary>
    public static IReadOnlyList<DriftItem> Find(PlanInput input, List<string> notes)
    {
        var asked = (input.Baseline.Evidence as StackEvidence)?.Drift.Value ?? DriftAnswers.None;
        if (asked.Note is { } note)
            notes.Add(note);
        var answers = asked.Pages.Select(text => JsonLanguage.Instance.ParseDocument(text).Root)
            .Concat(AnswersIn(input.Baseline)).SelectMany(root => root?.ItemsAt(Answer) ?? []).ToList();
        if (answers.Count == 0)
        {
            if (asked.Note is null && input.Baseline.Unreadable.Count == 0)
                notes.Add("Templates were left out: nothing says what drifted in their stack. Use --live --stack NAME, or --from a file "
                    + "with what 'aws cloudformation describe-stack-resource-drifts' answers.");
            return [];
        }

        var resources = input.Desired.All.OfType<CloudFormationResource>().ToLookup(r => r.Id.Name, StringComparer.Ordinal);
        var found = new List<DriftItem>();
        var (notAsked, unknown) = (0, 0);
        foreach (var answer in answers)
        {
            var status = answer.TextAt("StackResourceDriftStatus");
            if (status is not ("MODIFIED" or "DELETED"))
            {
                notAsked += status == "IN_SYNC" ? 0 : 1;
                continue;
            }

            // Of several templates nothing says which is the stack's; a logical id that two have is as much the one's as the other's.
            var type = answer.TextAt("ResourceType");
            if (resources[answer.TextAt("LogicalResourceId") ?? ""].FirstOrDefault(r => type is null || r.Type == type) is not { } resource)
            {
                unknown++;
                continue;
            }

            var time = answer.TextAt("Timestamp");
            if (status == "DELETED")
                found.Add(Item(resource, FieldPath.Root, time) with { What = "deleted, and not by its stack" });
            else
                found.AddRange(answer.ItemsAt("PropertyDifferences")
                    .Select(d => Item(resource, PathOf(d.TextAt("PropertyPath") ?? ""), time)));
        }

        if (notAsked > 0)
            notes.Add($"CloudFormation did not look at {notAsked} resource{(notAsked == 1 ? "" : "s")}: it cannot tell what drifted in "
                + "resources of their types, or was not asked yet.");
        if (unknown > 0)
            notes.Add($"{unknown} changed resource{(unknown == 1 ? " is" : "s are")} in the stack, and in no template here.");
        return [.. found.OrderBy(d => d.Resource.Manifest.Path, StringComparer.Ordinal).ThenBy(d => ((CloudFormationResource)d.Resource)
            .NameNode.Span.Start)];
    }

    private static IEnumerable<Node?> AnswersIn(Baseline baseline) => baseline.Manifests.SelectMany(m => m.Source.Documents)
        .Select(slot => (Node?)slot.Document.Root).Where(root => root?[Answer] is ListNode);

    private static DriftItem Item(CloudFormationResource resource, FieldPath path, string? time)
    {
        // As near as the template has it: what a function gives stands where the function does.
        Node at = resource.Root;
        foreach (var step in path.Steps())
        {
            var next = Intrinsic.Of(at) is not null ? null
                : step.Name is { } name ? at[name] : (at as ListNode)?.ResolvedItems.ElementAtOrDefault(step.Index);
            if (next?.Resolved is not { } below)
                break;
            at = below;
        }

        var span = at == resource.Root || at == resource.Properties || at.Span.Length == 0 ? resource.NameNode.Span : at.Span;
        return new DriftItem(resource, path.ToString(), null, null, time, IsAllowed: false,
            new Place(resource.Manifest, resource.Slot, span));
    }

    // A JSON pointer into the properties: /Tags/0/Value.
    private static FieldPath PathOf(string pointer)
    {
        var path = FieldPath.Root.Field("Properties");
        foreach (var step in pointer.Split('/').Skip(1))
        {
            var name = JsonPointer.Decode(step);
            path = int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
                out var index) ? path.Item(index) : path.Field(name);
        }

        return path;
    }
}
