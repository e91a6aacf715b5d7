using Microsoft.CodeAnalysis;
using Repave.Core.Model;

namespace Repave.Analyzers.CSharp;

/// <summary>Image names whose tag moves.</summary>
internal static class MovingImage
{
    /// <summary>What to say of an image's name; null if it is fixed, or not known before the program runs.</summary>
    public static string? Judge(IOperation value)
    {
        if (value.Text() is not { Length: > 0 } image || ImageReference.Parse(image) is not { IsMoving: true } name)
            return null;
        return name.Tag is null
            ? $"The image '{image}' has no tag, which means latest: name a version or a digest."
            : $"The image '{image}' has the tag latest, which is another image after the next push: name a version or a digest.";
    }
}
