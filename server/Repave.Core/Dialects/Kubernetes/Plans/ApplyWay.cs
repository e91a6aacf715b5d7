using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Dialects.Kubernetes.Plans.Marks;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>How a manifest is applied.</summary>
/// <param name="IsByServer">Whether the server merges, and not kubectl.</param>
/// <param name="Manager">Under which name.</param>
/// <param name="ForcesConflicts">Whether fields that others own are taken from them.</param>
internal sealed record ApplyWay(bool IsByServer, string Manager, bool ForcesConflicts)
{
    /// <summary>The way in which an object is applied.</summary>
    /// <param name="live">The object before; null if there is none.</param>
    /// <param name="wanted">The manifest.</param>
    /// <param name="marks">The manifest's marks.</param>
    /// <param name="settings">What the settings or the caller say.</param>
    public static ApplyWay Of(MapNode? live, MapNode wanted, ApplyMarks marks, ApplySettings settings)
    {
        var forces = settings.ForcesConflicts || marks.ByServer is not null;
        if (settings.Manager is { } named)
            return new ApplyWay(settings.IsByServer ?? true, named, forces);
        if (marks.ByServer?.Manager is { } marked)
            return new ApplyWay(true, marked, forces);
        var appliers = live is null ? [] : FieldManager.Of(live).Where(m => m.Applies && m.Subresource is null).ToList();
        // An object goes on being applied as it was, unless somebody says otherwise.
        var isByServer = settings.IsByServer ?? (appliers.Count > 0 && AppliedObject.RecordOf(live!) is null);
        if (appliers.Count == 0 || appliers.Exists(a => a.Name == FieldManager.Kubectl))
            return new ApplyWay(isByServer, FieldManager.Kubectl, forces);
        // Of several managers the one whose fields the manifest has most of.
        var fields = FieldSet.Of(JsonValue.Of(wanted), null);
        return new ApplyWay(isByServer, appliers.OrderByDescending(a => a.Fields.Intersect(fields).Paths().Count()).First().Name, forces);
    }
}
