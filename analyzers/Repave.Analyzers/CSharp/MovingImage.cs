using Microsoft.CodeAnalysis;
using Repave.Core.Commands;
using Repave.Core.Model;

namespace Repave.Analyzers.CSharp;

/// <summary>Image names whose tag moves.</summary>
internal static class MovingImage
{
    /// <summary>What to say of an image's name; null if it is fixed, or not known before the program runs.</summary>
    public static string? Judge(IOperation value) => value.PartlyKnownText() is { } text ? Judge(text) : null;

    /// <summary>What to say of an image's name, parts of which may not be known.</summary>
    public static string? Judge(string image)
    {
        if (image.Length == 0)
            return null;
        var shown = image.Replace(CommandLine.Unknown, '…');
        if (image.IndexOf(CommandLine.Unknown) < 0)
        {
            return ImageReference.Parse(image) is not { IsMoving: true } name ? null
                : name.Tag is null ? WithoutTag(shown) : Latest(shown);
        }

        // What the tag says is known only where the end of the name is.
        var last = image.Substring(image.LastIndexOf('/') + 1);
        var colon = last.LastIndexOf(':');
        if (image.Contains('@'))
            return null;
        if (colon >= 0)
            return last.Substring(colon + 1) == "latest" ? Latest(shown) : null;
        return last.Length > 0 && last.IndexOf(CommandLine.Unknown) < 0 && image.Contains('/') ? WithoutTag(shown) : null;
    }

    private static string WithoutTag(string image) => $"The image '{image}' has no tag, which means latest: name a version or a digest.";

    private static string Latest(string image) =>
        $"The image '{image}' has the tag latest, which is another image after the next push: name a version or a digest.";
}
