using Repave.Core.Yaml;

namespace Repave.Core.Model;

/// <summary>One thing that a manifest defines.</summary>
public class Resource(ResourceId id, Manifest manifest, YamlDocumentSlot slot, YamlMapping root)
{
    /// <summary>What identifies it.</summary>
    public ResourceId Id { get; } = id;

    /// <summary>The file that defines it.</summary>
    public Manifest Manifest { get; } = manifest;

    /// <summary>The document that defines it, and where in the file that begins.</summary>
    public YamlDocumentSlot Slot { get; } = slot;

    /// <summary>Its definition; the document's root, or an item of a list document.</summary>
    public YamlMapping Root { get; } = root;

    /// <summary>Where its name is written, or else where it begins: what to underline for the resource as a whole.</summary>
    public virtual YamlNode NameNode => Root;
}
