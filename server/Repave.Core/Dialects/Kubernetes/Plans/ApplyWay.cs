using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>How a manifest is applied.</summary>
/// <param name="IsByServer">Whether the server merges, and not kubectl.</param>
/// <param name="Manager">Under which name.</param>
internal sealed record ApplyWay(bool IsByServer, string Manager)
{
    /// <summary>The way in which an object is applied.</summary>
    /// <param name="live">The object before.</param>
    /// <param name="wanted">The manifest.</param>
    /// <param name="byServer">What the settings or the caller say; null if nothing.</param>
    /// <param name="manager">The manager that they say, or null.</param>
    public static ApplyWay Of(MapNode live, MapNode wanted, bool? byServer, string? manager)
    {
        if (manager is not null)
            return new ApplyWay(byServer ?? true, manager);
        var appliers = FieldManager.Of(live).Where(m => m.Applies && m.Subresource is null).ToList();
        // An object goes on being applied as it was, unless somebody says otherwise.
        var isByServer = byServer ?? (appliers.Count > 0 && AppliedObject.RecordOf(live) is null);
        if (appliers.Count == 0 || appliers.Exists(a => a.Name == FieldManager.Kubectl))
            return new ApplyWay(isByServer, FieldManager.Kubectl);
        // Of several managers the one whose fields the manifest has most of.
        var fields = FieldSet.Of(JsonValue.Of(wanted), null);
        return new ApplyWay(isByServer, appliers.OrderByDescending(a => a.Fields.Intersect(fields).Paths().Count()).First().Name);
    }
}
