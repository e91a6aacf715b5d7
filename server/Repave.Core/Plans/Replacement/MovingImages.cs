using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Plans.Replacement;

/// <summary>Images whose name may stand for another one by the time that somebody goes back to it.</summary>
internal static class MovingImages
{
    /// <summary>Makes a way back unknown that goes back to such an image.</summary>
    /// <param name="way">The way back.</param>
    /// <param name="before">The images that go back into use.</param>
    /// <param name="now">Those in use.</param>
    /// <returns>Whether it goes back to one.</returns>
    public static bool Judge(WayBack way, IEnumerable<ScalarNode> before, IEnumerable<ScalarNode> now)
    {
        var used = new HashSet<string>(now.Select(n => n.Value), StringComparer.Ordinal);
        var moving = before.FirstOrDefault(image => image is { IsNull: false, Value.Length: > 0 } && !used.Contains(image.Value)
            && !image.Value.Contains('$') && ImageReference.Parse(image.Value).NamesNoVersion);
        if (moving is null)
            return false;
        way.Worsen(BackHow.Unknown, ImageReference.Parse(moving.Value).Tag is null
            ? $"'{moving.Value}' names no version, and may be another image by then."
            : $"'{moving.Value}' may be another image by then.");
        return true;
    }
}
