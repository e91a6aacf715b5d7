using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Ansible;

/// <summary>A task.</summary>
/// <param name="Node">What is written.</param>
/// <param name="IsHandler">Whether it runs only when another task says so.</param>
/// <param name="Module">The module that it runs; null if that is not known.</param>
/// <param name="Arguments">What the module is given; null if that is not known.</param>
public sealed record AnsibleTask(MapNode Node, bool IsHandler, string? Module, Node? Arguments)
{
    /// <summary>An argument of its module, be it written as a map or as words.</summary>
    public string? Argument(string name)
    {
        if (Arguments is MapNode map)
            return map.TextAt(name);
        var words = (Arguments as ScalarNode)?.Value.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.FirstOrDefault(word => word.StartsWith(name + "=", StringComparison.Ordinal)) is { } word
            ? word.Substring(name.Length + 1).Trim('\'', '"') : words.Length == 1 && words[0].IndexOf('=') < 0 ? words[0] : null;
    }
}
