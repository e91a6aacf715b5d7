using Repave.Core.Model;
using Repave.Core.Parity;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Talos;

/// <summary>Plans machine configurations: what applying each does to the machine that has the old one.</summary>
internal static class TalosPlan
{
    /// <summary>Every document with its action, in the order of the files; those that are taken away last.</summary>
    public static IReadOnlyList<ResourceChange> Of(PlanInput input)
    {
        var before = new Dictionary<(string, string, string), MachineConfigDocument>();
        foreach (var document in input.Before.All.OfType<MachineConfigDocument>())
            before[KeyOf(document, input.Baseline.Roots)] = document;
        var changes = new List<ResourceChange>();
        foreach (var desired in input.Desired.All.OfType<MachineConfigDocument>())
        {
            var key = KeyOf(desired, input.Options.Roots);
            before.TryGetValue(key, out var was);
            before.Remove(key);
            changes.Add(Change(desired, was));
        }

        foreach (var broken in input.Broken.OfType<MachineConfigDocument>())
        {
            before.Remove(KeyOf(broken, input.Options.Roots));
            changes.Add(new ResourceChange(broken.Id)
            {
                Desired = broken,
                Action = PlanAction.Unknown,
                Note = "the document cannot be read to its end",
            });
        }

        changes.AddRange(before.Values.Select(static gone => new ResourceChange(gone.Id) { Baseline = gone, Action = PlanAction.Delete }));
        return changes;
    }

    // A document has no name but its file's and, where it has one, its own.
    private static (string File, string Kind, string Name) KeyOf(MachineConfigDocument document, IReadOnlyList<string> roots)
    {
        var path = document.Manifest.Path;
        var root = roots.Select(static name => name.TrimEnd('/') + "/").Where(name => path.StartsWith(name, StringComparison.Ordinal))
            .OrderByDescending(static name => name.Length).FirstOrDefault();
        return (root is null ? roots.Contains(path) ? document.Manifest.FileName : path : path.Substring(root.Length), document.Id.Type,
            document.Root.TextAt("name") ?? "");
    }

    private static ResourceChange Change(MachineConfigDocument desired, MachineConfigDocument? was)
    {
        var change = new ResourceChange(desired.Id) { Desired = desired, Baseline = was, Action = PlanAction.Create };
        if (was is null)
            return change;
        var secrets = new SecretNodes();
        foreach (var document in (Document[])[desired.Slot.Document, was.Slot.Document])
            DialectCatalogue.Of(TalosDialect.DialectName).FindSecrets(document, secrets);
        foreach (var field in PlainComparer.Instance.Compare(was.Root, desired.Root, TalosShapes.Of(desired.Id.Type), Ownership.All))
        {
            foreach (var single in field.Single)
                change.Reasons.Add(ReasonOf(single, field, desired, secrets));
        }

        change.Settle();
        if (change.Reasons.Exists(static reason => FieldPath.IsWithin(reason.Path, TalosEffects.Install)))
            change.Warn(PlanWarningKind.NotRolledOut, "Only the next installation or upgrade reads machine.install: until then the machine "
                + "runs what it was installed with.");
        if (change.Reasons.Exists(static reason => reason.Effect == Effect.Interrupts))
            change.Warn(PlanWarningKind.Downtime, "Up to Talos 1.13 the machine reboots for this; from 1.14 on it does not, and "
                + "what is read only at the start waits for the next one.");
        return change;
    }

    private static Reason ReasonOf(FieldChange single, FieldChange field, MachineConfigDocument desired, SecretNodes secrets)
    {
        var effect = TalosEffects.Of(desired.Id.Type, [single.Path.ToString()]);
        var isSecret = secrets.Covers(single.From) || secrets.Covers(single.To);
        return new Reason(single.Path.ToString(), isSecret || single.From is null ? null : Reason.ValueOf(single.From, secrets),
            isSecret || single.To is null ? null : Reason.ValueOf(single.To, secrets), effect.Effect, effect.Certainty, effect.Why, desired,
            ShapeValidator.Underline(single.Place ?? field.Place ?? desired.NameNode))
        {
            IsSecret = isSecret,
            WasThere = single.From is not null,
            IsThere = single.To is not null,
        };
    }
}
