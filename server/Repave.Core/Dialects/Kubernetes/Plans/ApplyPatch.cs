using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Dialects.Kubernetes.Plans.Marks;
using Repave.Core.Plans;
using Repave.Core.Rules;
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
    /// <param name="live">The live object; null if there is none.</param>
    /// <param name="settings">How the settings say that manifests are applied.</param>
    /// <param name="schemas">The built-in kinds: their lists are merged item by item, those of others are not.</param>
    public static ApplyRequest For(KubernetesResource desired, KubernetesResource? live, ApplySettings settings,
        KubernetesSchemas schemas)
    {
        var wanted = KubectlKeys.Normal(desired.Root);
        var way = ApplyWay.Of(live?.Root, wanted, ApplyMarks.Of(desired.Root), settings);
        if (live is null || way.IsByServer)
        {
            // What is not there yet is the same whoever merges; a server can only be asked in its own way then.
            return new ApplyRequest(ByServer, CanonicalJson.Of(wanted, asPlatform: true), way.Manager)
            {
                IsByServer = true,
                ForcesConflicts = way.ForcesConflicts,
            };
        }

        var isBuiltIn = KubernetesKinds.IsBuiltIn(schemas, desired);
        var applied = AppliedObject.ByClient(live.Root, AppliedObject.RecordOf(live.Root), wanted,
            KubernetesKinds.BuiltInShape(schemas, desired), isBuiltIn, schemas.Release);
        // Where kubectl itself fails there is nothing that it would send, and the plan says why.
        return new ApplyRequest(isBuiltIn ? Strategic : Merge,
            CanonicalJson.Of(applied.Patch is null ? wanted : JsonValue.NodeOf(applied.Patch), asPlatform: true),
            FieldManager.ClientSide);
    }
}
