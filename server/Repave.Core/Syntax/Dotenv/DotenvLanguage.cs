namespace Repave.Core.Syntax.Dotenv;

/// <summary>Files of variables: <c>NAME=value</c>, one a line. They have no tree; who uses the variables reads the text.</summary>
public sealed class DotenvLanguage : Language
{
    /// <summary>The language.</summary>
    public static DotenvLanguage Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "dotenv";

    /// <inheritdoc/>
    public override string LineComment => "#";

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames { get; } = [".env", "*.env", ".env.*"];

    /// <inheritdoc/>
    public override Document ParseDocument(string text) => new DotenvDocument(this, text);
}
