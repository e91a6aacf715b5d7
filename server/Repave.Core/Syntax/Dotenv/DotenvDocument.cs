namespace Repave.Core.Syntax.Dotenv;

/// <summary>A file of variables.</summary>
/// <param name="language">Its language.</param>
/// <param name="text">Its text.</param>
public sealed class DotenvDocument(Language language, string text) : Document(language, text, []);
