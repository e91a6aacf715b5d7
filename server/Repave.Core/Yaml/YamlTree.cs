namespace Repave.Core.Yaml;

/// <summary>A document's tree.</summary>
/// <param name="Root">Its root, or null.</param>
/// <param name="Scalars">Every scalar in the order of the text.</param>
internal sealed record YamlTree(YamlNode? Root, IReadOnlyList<YamlScalar> Scalars);
