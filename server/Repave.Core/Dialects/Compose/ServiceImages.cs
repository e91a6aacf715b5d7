using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Model;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose;

/// <summary>The images of services: what they run, and of which Dockerfile that is built.</summary>
internal static class ServiceImages
{
    /// <summary>The image that a service names.</summary>
    public static IEnumerable<ImageUse> UsedBy(ComposeResource service) =>
        service.Root.ScalarAt("image") is { IsNull: false } image && Filled(image.Value) is { Length: > 0 } name
            ? [new ImageUse(service, ShapeValidator.Underline(image), name)] : [];

    /// <summary>What a service says is built.</summary>
    public static IEnumerable<ImageBuild> BuiltBy(ComposeResource service)
    {
        if (service.Root["build"]?.Resolved is not { } build || build is ScalarNode { IsNull: true }
            || build["dockerfile_inline"] is not null)
            yield break;
        var folder = ComposePaths.FolderOf(ComposePaths.Clean(service.Manifest.Path));
        var context = Filled((build is ScalarNode text ? text.Value : build.TextAt("context")) ?? ".");
        var dockerfile = Filled(build.TextAt("dockerfile") ?? "Dockerfile");
        if (context is null || dockerfile is null || ComposePaths.IsRemote(context))
            yield break;
        var names = UsedBy(service).Select(use => use.Name)
            .Concat(build.ItemsAt("tags").OfType<ScalarNode>().Select(tag => Filled(tag.Value)).OfType<string>()).ToList();
        var place = build is ScalarNode ? build : build["dockerfile"] ?? build["context"] ?? build;
        yield return new ImageBuild(service, ShapeValidator.Underline(place),
            ComposePaths.Join(ComposePaths.Join(folder, context), dockerfile),
            Filled(build.TextAt("target") ?? "") is { Length: > 0 } target ? target : null, names);
    }

    // Variables have their defaults; where one has none, only whoever starts the project knows.
    private static string? Filled(string text)
    {
        if (text.IndexOf('$') < 0)
            return text;
        var variables = new VariableText(static _ => null);
        var filled = variables.Fill(text);
        if (variables.Problem is not null)
            return null;
        if (variables.Unset.Count == 0)
            return filled;
        // Of an image the tag may be missing.
        var dollar = text.IndexOf('$');
        var colon = text.IndexOf(':', text.LastIndexOf('/', dollar) + 1);
        return colon > 0 && colon < dollar ? filled : null;
    }
}
