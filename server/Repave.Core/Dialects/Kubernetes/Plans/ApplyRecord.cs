using System.Text;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>The record that <c>kubectl apply</c> keeps of a manifest in the object's annotations.</summary>
internal static class ApplyRecord
{
    // The server's TotalAnnotationSizeLimitB: names and values of all annotations.
    private const int MaxAnnotations = 256 * 1024;

    /// <summary>Why a manifest is too long for the record; null if it is not.</summary>
    /// <param name="resource">The manifest's resource.</param>
    /// <param name="stored">The object that it becomes.</param>
    public static string? TooLong(KubernetesResource resource, MapNode stored)
    {
        // A text that is not longer than this becomes no longer record, up to what quotes and aliases add.
        if (resource.Slot.Document.Text.Length < MaxAnnotations / 16)
            return null;
        long bytes = Encoding.UTF8.GetByteCount(CanonicalJson.Of(KubectlKeys.Normal(resource.Root), asPlatform: true))
            + AppliedFields.Annotation.Length;
        foreach (var entry in stored["metadata"]?.MappingAt("annotations")?.AllEntries ?? [])
        {
            if (entry.Name is { } name and not AppliedFields.Annotation && entry.Value.Resolved is ScalarNode value)
                bytes += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value.Value);
        }

        return bytes <= MaxAnnotations ? null : $"kubectl's record of it would need {bytes} bytes of annotations, and a server takes "
            + $"{MaxAnnotations}; --server-side keeps no record";
    }
}
