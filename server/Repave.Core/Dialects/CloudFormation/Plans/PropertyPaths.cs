namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>Paths of fields in a resource's text.</summary>
internal static class PropertyPaths
{
    private const string Properties = "Properties.";

    /// <summary>The property that a path leads into (<c>Tags</c> of <c>Properties.Tags[0].Value</c>); of a path outside of the properties
    /// its first step.</summary>
    public static string PropertyOf(string path)
    {
        var rest = Within(path);
        var end = rest.IndexOfAny(['.', '[']);
        return end < 0 ? rest : rest.Substring(0, end);
    }

    /// <summary>A path without the section of the properties.</summary>
    public static string Within(string path) =>
        path.StartsWith(Properties, StringComparison.Ordinal) ? path.Substring(Properties.Length) : path;
}
