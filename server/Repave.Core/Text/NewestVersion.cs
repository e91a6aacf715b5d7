namespace Repave.Core.Text;

/// <summary>Names of EC2 Image Builder that end with a version.</summary>
internal static class NewestVersion
{
    /// <summary>Whether a name leaves its version open, so that the newest is taken: <c>…/latest</c>, or an x in the place of a number
    /// (<c>…/1.x.x</c>).</summary>
    public static bool IsLeftOpen(string name)
    {
        var version = name.Substring(name.LastIndexOf('/') + 1);
        return version.Length < name.Length && (version == "latest" || version.Split('.').Contains("x"));
    }
}
