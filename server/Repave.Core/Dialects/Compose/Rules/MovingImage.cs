using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Images without a tag, or with one that moves by its meaning.</summary>
public sealed class MovingImage : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1060";

    /// <inheritdoc/>
    public override string Title => "Image whose tag moves";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Without a tag, or with latest, the image that runs is whatever the name meant when it was fetched: two "
            + "machines run two programs, and nobody can go back. Name a version, or a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:latest
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, KnownImages known, FindingSink sink)
    {
        if (!resource.IsService || resource.Root["build"] is not null || resource.Root.ScalarAt("image") is not { IsNull: false } image
            || image.Value.Contains('$') || !ImageReference.Parse(image.Value).IsMoving
            || known.IsOwn(ImageReference.Parse(image.Value).Repository)
            || IsOfProject(ImageReference.Parse(image.Value).Repository, resource))
            return;
        sink.Add(this, resource, image, ImageReference.Parse(image.Value).Tag is null
            ? $"'{image.Value}' names no version, so it may be another image tomorrow: name one."
            : $"'{image.Value}' is another image whenever its maker publishes one: name a version.");
    }

    private const int ManyOfOne = 3;

    // Where one maker's images are most of what a project runs, and none has a version, they are the project's own.
    private static bool IsOfProject(string repository, ComposeResource resource)
    {
        var slash = repository.IndexOf('/');
        if (slash <= 0 || resource.Document?["services"] is not MapNode services)
            return false;
        var images = services.AllEntries.Select(e => e.Value.TextAt("image")).OfType<string>().Select(ImageReference.Parse).ToList();
        var others = images.Where(i => i.Repository.StartsWith(repository.Substring(0, slash + 1), StringComparison.Ordinal)).ToList();
        return others.TrueForAll(i => i.IsMoving) && others.Select(i => i.Repository).Distinct().Count() >= ManyOfOne
            && others.Count * 2 >= images.Count;
    }
}
