using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>Plans one stack: the resources of its template as they should be, and as they were.</summary>
internal sealed class StackPlan
{
    private const int MaxText = 400;
    private const string WithoutKey = "whether it is the same cannot be told without the key of the snapshot's hashes";

    private readonly List<CloudFormationResource> _desired;
    private readonly List<CloudFormationResource> _before;
    private readonly StackEvidence _evidence;
    private readonly StackPolicy? _policy;
    private readonly TemplateValues? _now;
    private readonly TemplateValues? _then;
    private readonly Dictionary<string, ResourceChange> _changes = new(StringComparer.Ordinal);

    public StackPlan(List<CloudFormationResource> desired, List<CloudFormationResource> before, Baseline baseline)
    {
        (_desired, _before) = (desired, before);
        _evidence = baseline.Evidence as StackEvidence ?? StackEvidence.None;
        _policy = StackPolicy.Read(_evidence.UpdatePolicy);
        _now = desired.Count == 0 ? null : new TemplateValues(desired[0].Template, _evidence.Inputs, baseline.HashKey);
        _then = before.Count == 0 ? null : new TemplateValues(before[0].Template, _evidence.Inputs, baseline.HashKey);
    }

    public IReadOnlyList<ResourceChange> Make()
    {
        var order = new List<ResourceChange>();
        var old = _before.Where(r => Exists(r, _then!) != false).ToDictionary(r => r.Id.Name, StringComparer.Ordinal);
        foreach (var resource in _desired)
        {
            var exists = Exists(resource, _now!);
            if (exists == false)
                continue;
            var change = new ResourceChange(resource.Id)
            {
                Desired = resource,
                Action = PlanAction.Create,
                Certainty = exists is null ? Certainty.Conditional : Certainty.Certain,
            };
            if (old.TryGetValue(resource.Id.Name, out var was))
            {
                change.Baseline = was;
                Compare(change, resource, was);
            }

            _changes[resource.Id.Name] = change;
            order.Add(change);
        }

        Cascade();
        foreach (var change in order)
        {
            Obey(change);
            Warn(change);
        }

        WarnOfExports();
        foreach (var (name, was) in old)
        {
            if (!_changes.ContainsKey(name))
                order.Add(DeletionOf(was));
        }

        foreach (var change in order.Where(c => _policy?.Forbids(c) == true))
            change.Warn(PlanWarningKind.Refused, "The stack's policy forbids "
                + $"to {(change.Action == PlanAction.Replace ? "replace" : change.Action == PlanAction.Delete ? "delete" : "change")} '"
                + $"{change.Id.Name}'; CloudFormation refuses the update.");

        return order;
    }

    // Where the platform itself was asked, its word counts.
    private void Obey(ResourceChange change)
    {
        if (!_evidence.Replacements.TryGetValue(change.Id, out var replaces) || change.Baseline is null
            || (change.Action == PlanAction.Replace) == replaces && change.Certainty == Certainty.Certain)
            return;
        change.Certainty = Certainty.Certain;
        change.Note = $"CloudFormation's change set says that it is {(replaces ? "replaced" : "not replaced")}.";
        change.Action = replaces ? PlanAction.Replace : change.Action == PlanAction.Replace ? PlanAction.InPlace : change.Action;
        change.Mechanism = replaces ? ResourceChange.CreateAndDelete : null;
    }

    // The name in the template, and the one that the platform gave it.
    private string NameOf(CloudFormationResource resource) =>
        _evidence.LiveNames.TryGetValue(resource.Id.Name, out var physical) ? $"'{resource.Id.Name}' ({physical})"
            : $"'{resource.Id.Name}'";

    private static bool? Exists(CloudFormationResource resource, TemplateValues values) =>
        resource.Root.TextAt("Condition") is { } condition ? values.Condition(condition) : true;

    private void Compare(ResourceChange change, CloudFormationResource now, CloudFormationResource was)
    {
        if (now.Type != was.Type)
        {
            change.Reasons.Add(new Reason("Type", CanonicalJson.Quote(was.Type), CanonicalJson.Quote(now.Type), Effect.Replaces,
                Certainty.Certain, "another resource type", now, ShapeValidator.Underline(now.Root.Find("Type")?.Value ?? now.NameNode)));
            change.Warn(PlanWarningKind.Refused,
                $"CloudFormation does not change the type of '{now.Id.Name}': give the new resource another logical id.");
        }
        else
        {
            foreach (var field in TemplateComparer.Compare(was.Properties, _then!, now.Properties, _now!))
                Add(change, now, field.Path, field.From, field.To, field.Place,
                    field.IsPerhaps ? Certainty.Conditional : Certainty.Certain, field.IsPerhaps ? WithoutKey : null);
        }

        Settle(change);
    }

    // A replaced resource has another name and other attributes, so whatever uses those changes too, and so on.
    private void Cascade()
    {
        var open = new Queue<string>(_changes.Where(c => c.Value.Action is PlanAction.Replace or PlanAction.InPlace or PlanAction.Roll)
            .Select(c => c.Key));
        var done = new HashSet<(string, string, string)>();
        var users = _desired.Where(r => _changes.TryGetValue(r.Id.Name, out var change) && change.Baseline is not null)
            .SelectMany(r => UsesOf(r.Properties).Select(u => (User: r, u.Reference, u.Node)))
            .Where(u => u.Reference.Name != u.User.Id.Name)
            .ToLookup(u => u.Reference.Name, StringComparer.Ordinal);
        while (open.Count > 0)
        {
            var source = open.Dequeue();
            var cause = _changes[source];
            foreach (var uses in users[source].GroupBy(u => u.User))
            {
                var user = uses.Key;
                var change = _changes[user.Id.Name];
                var (action, certainty) = (change.Action, change.Certainty);
                foreach (var (_, reference, node) in uses)
                {
                    if (!Changes(cause, reference)
                        || !done.Add((source, user.Id.Name, $"{node.Span.Start} {cause.Action} {cause.Certainty}")))
                        continue;
                    var path = PathOf(node, user.Properties!);
                    if (change.Reasons.Exists(r => r.Path == "Properties." + path && r.Effect >= EffectOf(user, path).Effect
                        && r.Certainty == Certainty.Certain))
                        continue;
                    var what = reference.Kind == ReferenceKind.GetAtt ? $"{source}.{reference.Attribute}" : source;
                    var why = $"{what} changes, because {source} is {(cause.Action == PlanAction.Replace ? "replaced" : "changed")}";
                    Add(change, user, path, what, "new " + what, node, cause.Certainty, why);
                    if (!change.CausedBy.Contains(cause.Id))
                        change.CausedBy.Add(cause.Id);
                }

                Settle(change);
                if (change.Action != action || change.Certainty != certainty)
                    open.Enqueue(user.Id.Name);
            }
        }
    }

    // Whether what a reference gives is another value after a change.
    private static bool Changes(ResourceChange cause, TemplateReference reference)
    {
        if (cause.Action == PlanAction.Replace)
            return true;
        if (reference.Kind != ReferenceKind.GetAtt || reference.Attribute is not { } attribute)
            return false;
        // An attribute that is a property, and those that count versions.
        return cause.Reasons.Exists(r => r.Path == "Properties." + attribute)
            || (cause.Id.Type == "AWS::EC2::LaunchTemplate" && attribute is "LatestVersionNumber" or "DefaultVersionNumber"
                && cause.Reasons.Exists(r => r.Path.StartsWith("Properties.LaunchTemplateData", StringComparison.Ordinal)))
            || (cause.Id.Type == "AWS::CloudFormation::Stack" && attribute.StartsWith("Outputs.", StringComparison.Ordinal));
    }

    // What a value names, without the branches of conditions that do not hold.
    private IEnumerable<(TemplateReference Reference, Node Node)> UsesOf(Node? node, int depth = 0)
    {
        if (node?.Resolved is not { } value || depth > 60)
            return [];
        if (Intrinsic.Of(value) is { } function)
        {
            return function is { Name: "Fn::If", Items: [ScalarNode name, var then, var otherwise] }
                ? _now!.Condition(name.Value) switch
                {
                    true => UsesOf(then, depth + 1),
                    false => UsesOf(otherwise, depth + 1),
                    _ => UsesOf(then, depth + 1).Concat(UsesOf(otherwise, depth + 1)),
                }
                : TemplateReference.In(value, _now!.Template.Document.Text).Where(r => r.Kind is ReferenceKind.Ref or ReferenceKind.GetAtt)
                    .Select(r => (r, value));
        }

        return value switch
        {
            MapNode mapping => mapping.AllEntries.SelectMany(e => UsesOf(e.Value, depth + 1)),
            ListNode sequence => sequence.ResolvedItems.SelectMany(i => UsesOf(i, depth + 1)),
            _ => [],
        };
    }

    // The path of the property that a value is a part of; functions in between are no fields.
    private static FieldPath PathOf(Node node, MapNode properties)
    {
        var steps = new Stack<(string? Name, int Index)>();
        for (var at = node; at != properties && at.Parent is { } parent; at = parent)
        {
            if (Intrinsic.Of(parent) is not null || (parent.Parent is { } above && Intrinsic.Of(above) is not null))
                continue;
            if (parent is MapNode mapping)
                steps.Push((mapping.Entries.FirstOrDefault(e => e.Value == at)?.Name, -1));
            else if (parent is ListNode sequence)
                steps.Push((null, sequence.Items.ToList().IndexOf(at)));
        }

        var path = FieldPath.Root;
        foreach (var (name, index) in steps)
            path = name is null ? path.Item(Math.Max(0, index)) : path.Field(name);
        return path;
    }

    // A condition that nobody knows, one branch of which is what was there.
    private static bool MayStay(string? from, string? to) =>
        from is not null && to is not null && to.StartsWith("<if ", StringComparison.Ordinal)
            && (to.Contains($" {from} else ", StringComparison.Ordinal) || to.EndsWith($" else {from}>", StringComparison.Ordinal));

    private static (Effect Effect, Certainty Certainty) EffectOf(CloudFormationResource resource, FieldPath path) =>
        UpdateBehaviour.Of(resource.Type,
            UpdateBehaviour.FieldsAt(CloudFormationSchemas.Instance.PropertiesOf(resource.Type), path.Steps().Select(s => s.Name ?? "[]")));

    private void Add(ResourceChange change, CloudFormationResource resource, FieldPath path, string? from, string? to, Node? place,
        Certainty certainty, string? why)
    {
        if (path.IsRoot)
            return;
        var effect = EffectOf(resource, path);
        var top = path.Steps()[0].Name ?? "";
        // Without an update policy a group keeps the instances that it has.
        if (effect.Effect == Effect.Rolls && resource.Type == "AWS::AutoScaling::AutoScalingGroup"
            && resource.Root["UpdatePolicy"] is not MapNode)
        {
            effect = (Effect.InPlace, Certainty.Certain);
            change.Warn(PlanWarningKind.NotRolledOut,
                $"'{resource.Id.Name}' has no UpdatePolicy, so its instances keep the old {top} until something else replaces them.");
        }

        var sure = certainty == Certainty.Certain && effect.Certainty == Certainty.Certain
            && from?.StartsWith("<if ", StringComparison.Ordinal) != true && !MayStay(from, to) ? Certainty.Certain : Certainty.Conditional;
        var isSecret = IsSecret(resource.Type, path, place);
        var published = UpdateBehaviour.WhyOf(effect);
        change.Reasons.Add(new Reason(
            "Properties." + path,
            isSecret || from is null ? null : Shown(from),
            isSecret || to is null ? null : Shown(to),
            effect.Effect,
            sure,
            why is null ? published : $"{why}; {published}",
            resource,
            ShapeValidator.Underline(place is null or MapNode { Parent: null } ? resource.NameNode : place))
        { IsSecret = isSecret, IsDragged = why is not null, HidesLine = isSecret, WasThere = from is not null, IsThere = to is not null });
    }

    private bool IsSecret(string type, FieldPath path, Node? place)
    {
        if (path.Steps().Any(s => s.Name is { } name && CloudFormationSecrets.IsSecret(type, name))
            || (place is ScalarNode && Secrets.Of(_now!.Template.Document).Touches(place.Span)))
            return true;
        return place is not null && TemplateReference.In(place, _now!.Template.Document.Text).Any(r => r.Kind == ReferenceKind.Ref
            && _now.Template.Parameters.TryGetValue(r.Name, out var parameter) && CloudFormationSecrets.IsNoEcho(parameter.Value));
    }

    private static string Shown(string text) => CanonicalJson.Quote(text.Length <= MaxText ? text : text.Substring(0, MaxText) + "…");

    private static void Settle(ResourceChange change)
    {
        var warnings = change.Warnings.ToList();
        change.Settle();
        if (change.Action == PlanAction.Replace)
            change.Mechanism = ResourceChange.CreateAndDelete;
        foreach (var warning in warnings)
            change.Warn(warning.Kind, warning.Message, warning.About);
    }

    private void Warn(ResourceChange change)
    {
        if (change.Action != PlanAction.Replace || change.Desired is not CloudFormationResource resource)
            return;
        var name = NameOf(resource);
        var perhaps = change.Certainty == Certainty.Conditional ? " if it is replaced" : "";
        WarnOfData(change, resource, resource.Root.TextAt("UpdateReplacePolicy"), perhaps);
        foreach (var field in CloudFormationSchemas.Instance.PropertiesOf(resource.Type)?.Fields?.All.Where(f => f.IsPhysicalName) ?? [])
        {
            if (resource.Properties?.Find(field.Name)?.Value is not { } value
                || change.Reasons.Exists(r => r.Path == "Properties." + field.Name))
                continue;
            if (_now!.Reduce(value) is ({ }, _) or (_, { Length: > 0 }))
                change.Warn(PlanWarningKind.Refused, $"CloudFormation cannot replace {name} while it keeps the {field.Name} that it "
                    + $"has{perhaps}: rename it with the same change, or leave the name to CloudFormation.");
        }
    }

    private void WarnOfData(ResourceChange change, CloudFormationResource resource, string? policy, string perhaps)
    {
        var name = NameOf(resource);
        var goes = change.Action == PlanAction.Delete ? "is deleted" : "is replaced";
        switch (policy)
        {
            case "Retain" or "RetainExceptOnCreate":
                change.Warn(PlanWarningKind.Notice, $"The old {name} stays, and nothing manages it any more{perhaps}.");
                break;
            case "Snapshot":
                change.Warn(PlanWarningKind.Notice,
                    $"A snapshot of the old {name} is taken{perhaps}; the new one is empty unless it is made from it.");
                break;
            default:
                if (CloudFormationSchemas.Instance.IsStateful(resource.Type))
                    change.Warn(PlanWarningKind.DataLoss, $"The data of {name} goes with it when it {goes}{perhaps}: set "
                        + $"{(change.Action == PlanAction.Delete ? "DeletionPolicy" : "UpdateReplacePolicy")} first, or move the data.");
                break;
        }
    }

    private void WarnOfExports()
    {
        foreach (var output in _now?.Template.Outputs.Values ?? [])
        {
            if (output.Value.Resolved is not MapNode { } mapping || mapping["Export"] is null)
                continue;
            foreach (var (reference, _) in UsesOf(mapping["Value"]))
            {
                if (_changes.TryGetValue(reference.Name, out var change) && change.Action == PlanAction.Replace)
                    change.Warn(PlanWarningKind.Breaks, $"The exported output '{output.Name}' changes with '{reference.Name}'; "
                        + "CloudFormation refuses that while another stack imports it.");
            }
        }
    }

    private ResourceChange DeletionOf(CloudFormationResource was)
    {
        var change = new ResourceChange(was.Id) { Baseline = was, Action = PlanAction.Delete };
        WarnOfData(change, was, was.Root.TextAt("DeletionPolicy"), "");
        return change;
    }
}
