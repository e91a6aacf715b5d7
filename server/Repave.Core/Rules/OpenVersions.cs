namespace Repave.Core.Rules;

/// <summary>What rules in several dialects say of recipes of EC2 Image Builder that leave versions open.</summary>
internal static class OpenVersions
{
    public const string Title = "Image recipe that takes whatever is newest";

    public const string Reason =
        "The same version of a recipe makes another image when its parent or a component has a newer version, and an image cannot be made "
            + "a second time. Name the versions, and raise them in a commit, together with the recipe's own.";

    public const string Reference = "https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html";

    /// <summary>The message of a part that is left open.</summary>
    /// <param name="part">The <c>parent image</c> or a <c>component</c>.</param>
    public static string MessageOf(string part) => $"The {part} is whatever is newest on the day of the build: name its version.";

    /// <summary>Whether a name leaves its version open, so that the newest is taken: <c>…/latest</c>, or an x in the place of a number
    /// (<c>…/1.x.x</c>).</summary>
    public static bool IsLeftOpen(string name)
    {
        var version = name.Substring(name.LastIndexOf('/') + 1);
        return version.Length < name.Length && (version == "latest" || version.Split('.').Contains("x"));
    }
}
