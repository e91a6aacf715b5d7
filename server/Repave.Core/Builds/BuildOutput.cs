using Repave.Core.Model;

namespace Repave.Core.Builds;

/// <summary>One text that was built.</summary>
/// <param name="Source">What it was built from, as its tool names that (<c>shop/templates/web.yaml</c>).</param>
/// <param name="Manifest">The text, and where each piece of it comes from.</param>
/// <param name="IsManifest">Whether it is applied; notes for people are not.</param>
public sealed record BuildOutput(string Source, Manifest Manifest, bool IsManifest = true);
