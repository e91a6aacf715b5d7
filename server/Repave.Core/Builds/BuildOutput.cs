using Repave.Core.Model;

namespace Repave.Core.Builds;

/// <summary>One text that was built.</summary>
public sealed class BuildOutput
{
    private readonly Lazy<Manifest> _manifest;

    /// <summary>A text that was built.</summary>
    /// <param name="source">What it was built from, as its tool names that (<c>shop/templates/web.yaml</c>).</param>
    /// <param name="text">The text.</param>
    /// <param name="isManifest">Whether it is applied; notes for people are not.</param>
    /// <param name="manifest">Makes it a manifest, with where each piece of it comes from, when that is first asked.</param>
    public BuildOutput(string source, string text, bool isManifest, Func<Manifest> manifest)
    {
        (Source, Text, IsManifest) = (source, text, isManifest);
        _manifest = new Lazy<Manifest>(manifest);
    }

    /// <summary>What it was built from, as its tool names that.</summary>
    public string Source { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Whether it is applied; notes for people are not.</summary>
    public bool IsManifest { get; }

    /// <summary>The text as a manifest, which knows where each piece of it comes from.</summary>
    public Manifest Manifest => _manifest.Value;
}
