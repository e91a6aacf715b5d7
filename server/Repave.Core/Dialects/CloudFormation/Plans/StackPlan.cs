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
    private readonly Func<string, IReadOnlyList<string>> _importers;
    private readonly Func<string, bool> _changesIn;
    private readonly Lazy<List<(string Type, string Pattern)>> _openNow;
    private readonly Lazy<List<(string Type, string Pattern)>> _openBefore;
    private readonly TemplateValues? _now;
    private readonly TemplateValues? _then;
    private readonly Dictionary<string, ResourceChange> _changes = new(StringComparer.Ordinal);

    public StackPlan(List<CloudFormationResource> desired, List<CloudFormationResource> before, Baseline baseline,
        Func<string, IReadOnlyList<string>> importers, Func<string, bool> changesIn)
    {
        (_desired, _before, _importers, _changesIn) = (desired, before, importers, changesIn);
        _evidence = baseline.Evidence as StackEvidence ?? StackEvidence.None;
        (_openNow, _openBefore) = (PatternsOf(desired), PatternsOf(before));
        _policy = StackPolicy.Read(_evidence.UpdatePolicy);
        _now = desired.Count == 0 ? null : new TemplateValues(desired[0].Template, _evidence.Inputs, baseline.HashKey);
        _then = before.Count == 0 ? null : new TemplateValues(before[0].Template, _evidence.Inputs, baseline.HashKey);
        if (_now is not null && _then is not null)
            _then.TellApart(_now);
    }

    public IReadOnlyList<ResourceChange> Make(List<string> notes)
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
                Note = exists is null ? $"it is there if the condition '{ConditionOf(resource)}' holds" : null,
            };
            if (!old.ContainsKey(resource.Id.Name) && IsOfOpenLoop(resource, _openBefore))
            {
                change.Action = PlanAction.Unknown;
                change.Note = "what a loop goes over is known in the stack only";
            }

            if (old.TryGetValue(resource.Id.Name, out var was))
            {
                change.Baseline = was;
                Compare(change, resource, was);
                MayComeOrGo(change, resource, was);
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

        foreach (var (name, was) in old)
        {
            if (!_changes.ContainsKey(name))
                order.Add(DeletionOf(was));
        }

        var exports = new Dictionary<string, PlanWarning>(StringComparer.Ordinal);
        if (_now is not null && _then is not null)
        {
            StackCollisions.Warn(order, _then, _now);
            StackFollowers.Warn(order, _now);
            exports = StackExports.Warn(_then, _now, order, _importers);
        }

        foreach (var change in order.Where(c => _policy?.Forbids(c) == true))
            change.Warn(PlanWarningKind.Refused, "The stack's policy forbids "
                + $"to {(change.Action == PlanAction.Replace ? "replace" : change.Action == PlanAction.Delete ? "delete" : "change")} '"
                + $"{change.Id.Name}'; CloudFormation refuses the update.");

        if (_now is not null)
        {
            var steps = new Steps.StackSteps(_desired, _now);
            foreach (var change in order)
                change.Steps = steps.Of(change);
        }

        if (_now is not null && _then is not null)
            order.AddRange(StackExports.Changes((_then, _before[0]), (_now, _desired[0]), exports));
        notes.AddRange(exports.Values.Select(w => w.Message));
        if (order.Exists(c => c.Action != PlanAction.None) && RollbackNote() is { } note)
            notes.Add(note);
        return order;
    }

    // What the stack was last updated with stays in force (API reference, RollbackConfiguration).
    private string? RollbackNote()
    {
        var (alarms, minutes) = (_evidence.RollbackAlarms, _evidence.MonitoringMinutes);
        var time = $"{minutes} minute{(minutes == 1 ? "" : "s")}";
        return alarms.Count > 0 ? $"CloudFormation watches {(alarms.Count == 1 ? "the alarm" : $"{alarms.Count} alarms")} "
            + $"({string.Join(", ", alarms)}) during the update{(minutes > 0 ? $" and for {time} after it" : "")}; "
            + $"{(alarms.Count == 1 ? "if it goes off" : "if one goes off")}, everything is taken back."
            : minutes > 0 ? $"CloudFormation keeps what is replaced for {time} after the update, in which it can be cancelled." : null;
    }

    // Whether a resource is what a loop of unknown items makes, or one that such a loop on the other side may make.
    private static bool IsOfOpenLoop(CloudFormationResource resource, Lazy<List<(string Type, string Pattern)>> others) =>
        IsPattern(resource.Id.Name) || others.Value.Exists(o => o.Type == resource.Type && Wildcards.Fits(o.Pattern, resource.Id.Name));

    private static Lazy<List<(string Type, string Pattern)>> PatternsOf(List<CloudFormationResource> resources) => new(() =>
        resources.Count > 0 && resources[0].Template.HasOpenLoops
            ? [.. resources.Where(r => IsPattern(r.Id.Name)).Select(r => (r.Type, PatternOf(r.Id.Name)))] : []);

    private static bool IsPattern(string name) =>
        name.IndexOf("${", StringComparison.Ordinal) >= 0 || name.IndexOf("&{", StringComparison.Ordinal) >= 0;

    private static string PatternOf(string name)
    {
        var pattern = new System.Text.StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var end = name[i] is '$' or '&' && i + 1 < name.Length && name[i + 1] == '{' ? name.IndexOf('}', i) : -1;
            pattern.Append(end < 0 ? name[i] : '*');
            i = Math.Max(i, end);
        }

        return pattern.ToString();
    }

    private static string? ConditionOf(CloudFormationResource resource) => resource.Root.TextAt("Condition");

    // Where a condition of unknown truth decides whether a resource is there, and no longer the same one.
    private void MayComeOrGo(ResourceChange change, CloudFormationResource now, CloudFormationResource was)
    {
        var (before, after) = (Exists(was, _then!), Exists(now, _now!));
        if (before == true && after == true || (before is null && after is null
            && (ConditionOf(was) == ConditionOf(now) && !_then!.Redefined.Contains(ConditionOf(was)!)
                || _then!.ConditionText(ConditionOf(was)!) == _now!.ConditionText(ConditionOf(now)!))))
            return;
        if (after is null)
        {
            change.Action = PlanAction.Delete;
            change.Note = before is null
                ? $"its condition was '{ConditionOf(was)}' and is '{ConditionOf(now)}' now: it may be created, stay or be deleted"
                : $"it is deleted unless the condition '{ConditionOf(now)}' holds";
            WarnOfData(change, was, TextOf(was, "DeletionPolicy", _then!), "");
        }
        else if (change.Action is PlanAction.None)
        {
            change.Action = PlanAction.Create;
            change.Note = $"it is created unless the condition '{ConditionOf(was)}' held before";
        }
        else
        {
            change.Note = $"it is created if the condition '{ConditionOf(was)}' did not hold before";
        }

        change.Mechanism = null;
        change.Certainty = Certainty.Conditional;
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
            var fields = TemplateComparer.Compare(was.Properties, _then!, now.Properties, _now!).ToList();
            RefuseUnknown(change, now, fields);
            foreach (var field in fields)
            {
                if (!field.Path.IsRoot && TableUpdates.Compares(now.Type, field.Path.Steps()[0].Name ?? ""))
                    continue;
                Add(change, now, field.Path, field.From, field.To, field.Place,
                    field.IsPerhaps ? Certainty.Conditional : Certainty.Certain, field.IsPerhaps ? WithoutKey : null);
            }

            if (now.Type == "AWS::DynamoDB::Table")
                CompareTables(change, now, was);
            if (now.Type == "AWS::CloudFormation::Stack" && now.Properties?["TemplateURL"] is ScalarNode { Tag: null } url
                && !change.Reasons.Exists(r => r.Path == "Properties.TemplateURL") && _changesIn(url.Value))
                Add(change, now, FieldPath.Root.Field("TemplateURL"), url.Value, "new " + url.Value, url, Certainty.Certain,
                    $"what is in {url.Value} changes");
        }

        Settle(change);
    }

    // What a type has no property for is refused whole. Where it is another one misspelt, that one does not go away.
    private static void RefuseUnknown(ResourceChange change, CloudFormationResource now, List<PropertyChange> fields)
    {
        if (now.Template.HasMacros || now.Type.StartsWith("AWS::Serverless::", StringComparison.Ordinal)
            || CloudFormationSchemas.Instance.PropertiesOf(now.Type) is not { AllowsUnknown: false, Fields: { } known })
            return;
        string? TopOf(PropertyChange field) => field.Path.IsRoot ? null : field.Path.Steps()[0].Name;
        foreach (var unknown in fields.Where(f => f.From is null && TopOf(f) is { } top && known[top] is null).ToList())
        {
            var name = TopOf(unknown)!;
            var nearest = known.Nearest(name);
            change.Warn(PlanWarningKind.Refused, $"{now.Type} has no property '{name}': CloudFormation refuses the update"
                + $"{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
            fields.Remove(unknown);
            fields.RemoveAll(f => TopOf(f) == nearest && f.To is null && f.From == unknown.To);
        }
    }

    private void CompareTables(ResourceChange change, CloudFormationResource now, CloudFormationResource was)
    {
        var refused = new List<string>();
        foreach (var field in TableUpdates.Compare(was.Properties, _then!, now.Properties, _now!, refused))
        {
            var decides = Unknowns.WhatDecides(field.From, field.To, IsOpen);
            change.Reasons.Add(new Reason("Properties." + field.Path, field.From is null ? null : Shown(field.From),
                field.To is null ? null : Shown(field.To), field.Effect, decides is null ? Certainty.Certain : Certainty.Conditional,
                decides is null ? field.Why : $"{decides}; {field.Why}", now, ShapeValidator.Underline(field.Place ?? now.NameNode))
            { WasThere = field.From is not null, IsThere = field.To is not null });
        }

        foreach (var message in refused)
            change.Warn(PlanWarningKind.Refused, message);
    }

    private bool IsOpen(string name) =>
        _now!.Template.Parameters.ContainsKey(name) && _now.Parameter(name) is null
        || _then!.Template.Parameters.ContainsKey(name) && _then.Parameter(name) is null;

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
                    if (Changes(cause, reference) is not { } sure
                        || !done.Add((source, user.Id.Name,
                            $"{node.Span.Start} {reference.Span.Start} {reference.Attribute} {cause.Action} {cause.Certainty}")))
                        continue;
                    var path = PathOf(node, user.Properties!);
                    if (change.Reasons.Exists(r => r.Path == "Properties." + path && r.Effect >= EffectOf(user, path).Effect
                        && r.Certainty == Certainty.Certain))
                        continue;
                    var what = reference.Kind == ReferenceKind.GetAtt ? $"{source}.{reference.Attribute}" : source;
                    var why = $"{what} {(sure == Certainty.Certain ? "changes" : "may change")}, because {source} is "
                        + (cause.Action == PlanAction.Replace ? "replaced" : "changed");
                    Add(change, user, path, what, "new " + what, node, sure == Certainty.Certain ? cause.Certainty : sure, why);
                    if (!change.CausedBy.Contains(cause.Id))
                        change.CausedBy.Add(cause.Id);
                }

                Settle(change);
                if (change.Action != action || change.Certainty != certainty)
                    open.Enqueue(user.Id.Name);
            }
        }
    }

    // Whether what a reference gives is another value after a change, for certain or perhaps; null if it is not.
    private static Certainty? Changes(ResourceChange cause, TemplateReference reference)
    {
        if (cause.Action == PlanAction.Replace)
            return Certainty.Certain;
        // A custom resource gives whatever its provider answers, its name included.
        if (UpdateBehaviour.IsCustom(cause.Id.Type))
            return Certainty.Conditional;
        if (reference.Kind != ReferenceKind.GetAtt || reference.Attribute is not { } attribute)
            return null;
        // An attribute that is a property, and those that count versions.
        if (cause.Reasons.Exists(r => r.Path == "Properties." + attribute && !r.IsDragged)
            || (cause.Id.Type == "AWS::EC2::LaunchTemplate" && attribute is "LatestVersionNumber"
                && cause.Reasons.Exists(r => r.Path.StartsWith("Properties.LaunchTemplateData", StringComparison.Ordinal))))
            return cause.Reasons.Where(r => r.Path.StartsWith("Properties.LaunchTemplateData", StringComparison.Ordinal)
                || r.Path == "Properties." + attribute).Any(r => r.Certainty == Certainty.Certain) ? Certainty.Certain
                    : Certainty.Conditional;
        if (cause.Reasons.Exists(r => r.Path == "Properties." + attribute))
            return Certainty.Certain;
        return cause.Id.Type == "AWS::CloudFormation::Stack" && attribute.StartsWith("Outputs.", StringComparison.Ordinal)
            && cause.Reasons.Exists(r => r.Path.StartsWith("Properties.Parameters", StringComparison.Ordinal)
                || r.Path.StartsWith("Properties.Template", StringComparison.Ordinal)) ? Certainty.Conditional : null;
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
        var published = UpdateBehaviour.WhyOf(effect);
        if (UpdateBehaviour.OfUnknown(resource.Type) is { } guess)
            (effect, published) = ((guess.Effect, Certainty.Conditional), guess.Why);
        if (UpdatePolicies.Of(resource, top, _now!) is { } verdict)
        {
            (effect, published) = ((verdict.Effect, verdict.Certainty), verdict.Why);
            if (verdict.KeepsInstances)
                change.Warn(PlanWarningKind.NotRolledOut, $"'{resource.Id.Name}' has no UpdatePolicy that replaces instances, so "
                    + $"its instances keep the old {top} until something else replaces them.");
        }
        else if (UpdateBehaviour.IsCustom(resource.Type) && top == "ServiceToken")
        {
            (effect, published) = ((Effect.Replaces, Certainty.Certain), "the service token of a custom resource cannot be changed");
            change.Warn(PlanWarningKind.Refused, $"CloudFormation refuses another ServiceToken for '{resource.Id.Name}' (\"Modifying "
                + "service token is not allowed\"): give the resource another logical id.");
        }
        else if (effect == (Effect.Replaces, Certainty.Conditional) && MayReplace.When(resource.Type, top) is { } when)
        {
            published = $"{published}: {when}";
        }

        foreach (var refusal in RefusedUpdates.Of(resource, top, from, to, why is not null, _now!))
            change.Warn(PlanWarningKind.Refused, refusal);
        var decides = why is null ? Unknowns.WhatDecides(from, to, IsOpen) : null;
        var sure = certainty == Certainty.Certain && effect.Certainty == Certainty.Certain && decides is null
            ? Certainty.Certain : Certainty.Conditional;
        var isSecret = IsSecret(resource.Type, path, place);
        change.Reasons.Add(new Reason(
            "Properties." + path,
            isSecret || from is null ? null : Shown(from),
            isSecret || to is null ? null : Shown(to),
            effect.Effect,
            sure,
            (why ?? decides) is { } first ? $"{first}; {published}" : published,
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
            change.Warn(warning);
    }

    private void Warn(ResourceChange change)
    {
        if (change.Action != PlanAction.Replace || change.Desired is not CloudFormationResource resource)
            return;
        var name = NameOf(resource);
        var perhaps = change.Certainty == Certainty.Conditional ? " if it is replaced" : "";
        WarnOfData(change, resource, TextOf(resource, "UpdateReplacePolicy", _now!), perhaps);
        foreach (var names in PhysicalIdentities.Of(resource.Type))
        {
            var plain = names.Select(n => n.TrimEnd('?')).ToList();
            if (plain.Exists(n => change.Reasons.Exists(r => r.Path == "Properties." + n))
                || PhysicalIdentities.ValueOf(names, resource.Properties, _now!) is null)
                continue;
            var kept = string.Join(" and ", plain.Where(n => resource.Properties?.Find(n) is not null));
            change.Warn(PlanWarningKind.Refused, $"CloudFormation cannot replace {name} while it keeps the {kept} that it "
                + $"has{perhaps}: {Otherwise(plain)}");
        }
    }

    private static string Otherwise(List<string> names) =>
        names.Count > 1 ? "change one of them with the same change; the new one is made while the old one is there."
        : names[0].EndsWith("Name", StringComparison.Ordinal) || names[0].EndsWith("Identifier", StringComparison.Ordinal)
            ? "rename it with the same change, or leave the name to CloudFormation."
        : "give it another with the same change; the new one is made while the old one is there.";

    private static string? TextOf(CloudFormationResource resource, string attribute, TemplateValues values) =>
        resource.Root[attribute] is { } value ? values.Text(value) : null;

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
            // AWS's own exception, for deletions only.
            case null or "" when change.Action == PlanAction.Delete && UpdateBehaviour.IsKeptAsSnapshot(resource):
                change.Warn(PlanWarningKind.Notice, $"A snapshot of {name} is taken, because it says no DeletionPolicy{perhaps}.");
                break;
            default:
                if (CloudFormationTypes.LosesData(resource.Type))
                    change.Warn(PlanWarningKind.DataLoss, $"The data of {name} goes with it when it {goes}{perhaps}: set "
                        + $"{(change.Action == PlanAction.Delete ? "DeletionPolicy" : "UpdateReplacePolicy")} first, or move the data.");
                break;
        }
    }

    private ResourceChange DeletionOf(CloudFormationResource was)
    {
        var change = new ResourceChange(was.Id) { Baseline = was, Action = PlanAction.Delete };
        if (IsOfOpenLoop(was, _openNow))
        {
            change.Action = PlanAction.Unknown;
            change.Note = "what a loop goes over is known in the stack only";
            return change;
        }

        if (ConditionOf(was) is { } condition && _then!.Condition(condition) is null)
        {
            change.Certainty = Certainty.Conditional;
            change.Note = $"it was there if the condition '{condition}' held";
        }

        WarnOfData(change, was, TextOf(was, "DeletionPolicy", _then!), "");
        return change;
    }
}
