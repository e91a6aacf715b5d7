using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>An alias (<c>*name</c>) and the node it stands for.</summary>
public sealed class YamlAlias : YamlNode
{
    internal YamlAlias(TextSpan span, string name, YamlNode? target)
        : base(span) => (Name, Target) = (name, target);

    /// <summary>The anchor's name without the asterisk.</summary>
    public string Name { get; }

    /// <summary>The anchored node; null where there is none, or where following aliases was given up (see
    /// <see cref="YamlDocument.Errors"/>).</summary>
    public YamlNode? Target { get; internal set; }

    /// <inheritdoc/>
    public override YamlNode? Resolved => Target?.Resolved;
}
