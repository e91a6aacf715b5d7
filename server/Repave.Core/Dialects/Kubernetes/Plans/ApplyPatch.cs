using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Plans;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>The patches that applying a manifest sends: kubectl's three-way merge of what was applied, what is live and what is wanted, or
/// the manifest itself where the server merges.</summary>
internal static class ApplyPatch
{
    private const string ByServer = "application/apply-patch+yaml";
    private const string Strategic = "application/strategic-merge-patch+json";
    private const string Merge = "application/merge-patch+json";

    /// <summary>The patch.</summary>
    /// <param name="desired">The manifest's resource.</param>
    /// <param name="live">The live object that kubectl merges with; null where the server does, or where there is none.</param>
    /// <param name="schemas">The built-in kinds: their lists are merged item by item, those of others are not.</param>
    public static ApplyRequest For(KubernetesResource desired, KubernetesResource? live, KubernetesSchemas schemas)
    {
        var wanted = KubectlKeys.Normal(desired.Root);
        if (live is null)
            return new ApplyRequest(ByServer, CanonicalJson.Of(wanted, asPlatform: true));
        var isBuiltIn = KubernetesKinds.IsBuiltIn(schemas, desired);
        var applied = AppliedObject.ByClient(live.Root, AppliedObject.RecordOf(live.Root), wanted,
            KubernetesKinds.BuiltInShape(schemas, desired), isBuiltIn, schemas.Release);
        // Where kubectl itself fails there is nothing that it would send, and the plan says why.
        return new ApplyRequest(isBuiltIn ? Strategic : Merge,
            CanonicalJson.Of(applied.Patch is null ? wanted : JsonValue.NodeOf(applied.Patch), asPlatform: true));
    }
}
