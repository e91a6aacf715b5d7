namespace Repave.Core.Dialects.Kubernetes.Plans.Marks;

/// <summary>A differing field that does not count.</summary>
/// <param name="Said">Who says so, as a note begins.</param>
/// <param name="Field">The resource and its field.</param>
internal sealed record LeftOutField(string Said, string Field);
