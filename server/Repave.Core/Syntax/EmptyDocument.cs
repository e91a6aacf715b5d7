namespace Repave.Core.Syntax;

/// <summary>A document of nothing, for what is said of a file as a whole.</summary>
internal sealed class EmptyDocument(Language language) : Document(language, "", []);
