using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Bind mounts over folders that hold the programs of an image.</summary>
public sealed class HostFolderOverPrograms : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1161";

    /// <inheritdoc/>
    public override string Title => "Folder of the host over programs of the image";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A folder of the host over one of programs makes the image's version say nothing: whoever can write there "
            + "changes what runs, without a new image. Build the files into the image, or mount single files of "
            + "configuration.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/services/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            volumes: [./bin:/usr/local/bin]
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            volumes: [./web.conf:/etc/web.conf]
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        foreach (var volume in resource.IsService ? resource.Root.ItemsAt("volumes") : [])
        {
            var mount = volume is ScalarNode text ? MountText.TryParse(text.Value, out _) : null;
            var (type, source, target) = volume is MapNode ? (volume.TextAt("type"), volume.TextAt("source"), volume.TextAt("target"))
                : (mount?.TextAt("type"), mount?.TextAt("source"), mount?.TextAt("target"));
            if (type == "bind" && source is not null && target is not null && Folders.Contains(target.TrimEnd('/')))
                sink.Add(this, resource, volume, $"'{source}' covers {target}, where the image's programs are: build them into the image.");
        }
    }

    private static readonly string[] Folders =
        ["/bin", "/sbin", "/lib", "/lib64", "/usr", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/local/sbin",
        "/usr/local/lib"];
}
