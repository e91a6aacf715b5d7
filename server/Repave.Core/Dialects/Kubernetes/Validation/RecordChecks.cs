using Repave.Core.Dialects.Kubernetes.Plans;
using Repave.Core.Rules;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>The record that <c>kubectl apply</c> keeps of what it applied: an annotation with the whole manifest, and annotations have
/// a limit.</summary>
internal static class RecordChecks
{
    // The server's TotalAnnotationSizeLimitB: names and values of all annotations.
    private const int MaxAnnotations = 256 * 1024;

    /// <summary>Whether annotations are so long that they have to be counted.</summary>
    public static bool MayBeTooLarge(Field root) =>
        root["metadata"]["annotations"].Fields.Sum(f => f.Name.Length + (f.Field.Text?.Length ?? 0)) >= MaxAnnotations / 16;

    public static void Check(ServerCheck check, Field root)
    {
        // A text that is not longer than this becomes no longer record, up to what quotes and aliases add.
        if (check.Resource.Slot.Document.Text.Length < MaxAnnotations / 16)
            return;
        long annotations = 0;
        foreach (var (name, value) in root["metadata"]["annotations"].Fields)
            annotations += Bytes(name) + Bytes(value.Text ?? "");
        if (annotations > MaxAnnotations)
        {
            check.TooLarge(root["metadata"]["annotations"],
                $"The annotations have {annotations} bytes together; a server takes {MaxAnnotations} at most.");
            return;
        }

        if (root["metadata"]["annotations"][Record].Exists)
            return;
        var record = Bytes(CanonicalJson.Of(check.Resource.Root, asPlatform: true)) + Bytes(Record) + annotations;
        if (record > MaxAnnotations)
        {
            check.TooLarge(
                root["metadata"],
                $"This is too large for 'kubectl apply', whose record of it would need {record} bytes of annotations where a server "
                    + $"takes {MaxAnnotations}: apply it with --server-side.",
                Severity.Info);
        }
    }

    private const string Record = AppliedFields.Annotation;

    private static long Bytes(string text) => System.Text.Encoding.UTF8.GetByteCount(text);
}
