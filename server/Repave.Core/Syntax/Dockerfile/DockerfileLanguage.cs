namespace Repave.Core.Syntax.Dockerfile;

/// <summary>Dockerfiles, as BuildKit reads them: instructions, one a line unless a line goes on, and here-documents.</summary>
public sealed class DockerfileLanguage : Language
{
    // What a build leaves out stands beside its Dockerfile under a name that begins alike.
    private const string IgnoreFile = ".dockerignore";

    // "dockerfile.yaml" is a manifest about a Dockerfile, and no Dockerfile.
    private static readonly string[] Others = [IgnoreFile, ".yaml", ".yml", ".json"];

    /// <summary>The language.</summary>
    public static DockerfileLanguage Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "dockerfile";

    /// <inheritdoc/>
    public override string LineComment => "#";

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames { get; } =
        ["Dockerfile", "Dockerfile.*", "*.Dockerfile", "Containerfile", "Containerfile.*", "*.Containerfile"];

    /// <inheritdoc/>
    public override LanguageClaim Claims(string path, string? text) =>
        Array.Exists(Others, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? LanguageClaim.None
            : base.Claims(path, text);

    /// <inheritdoc/>
    public override Document ParseDocument(string text) => DockerfileParser.Parse(text);
}
