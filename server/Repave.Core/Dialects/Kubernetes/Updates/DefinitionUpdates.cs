using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>What of a CustomResourceDefinition can be changed, where its state decides.</summary>
internal static class DefinitionUpdates
{
    /// <summary>A version that objects may still be stored in cannot go.</summary>
    public static Verdict Versions(UpdateContext context, FieldChange change, Verdict row)
    {
        var stored = context.From["status"]?.ItemsAt("storedVersions").OfType<ScalarNode>().Select(v => v.Value).ToList() ?? [];
        var left = context.To["spec"]?.ItemsAt("versions").Select(v => v.TextAt("name")).ToList() ?? [];
        return stored.FirstOrDefault(v => !left.Contains(v)) is { } gone
            ? row.Refused with { Why = $"objects may still be stored as {gone}, so version must stay" }
            : row.InPlace;
    }
}
