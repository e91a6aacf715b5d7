using Repave.Core.Dialects.Kubernetes.Validation;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>A label selector, read: labels that must be there, and requirements. What is malformed in it selects as if it
/// were absent.</summary>
internal sealed class LabelSelector
{
    private readonly (string Key, string Value)[] _labels;
    private readonly (string Key, string? Operator, string?[] Values)[] _requirements;

    private LabelSelector((string, string)[] labels, (string, string?, string?[])[] requirements) =>
        (_labels, _requirements) = (labels, requirements);

    /// <summary>Reads the value of a <c>selector</c> field with <c>matchLabels</c> and <c>matchExpressions</c>.</summary>
    public static LabelSelector Of(Field selector) => new(
        [.. selector["matchLabels"].TextMap().Select(l => (l.Key, l.Value))],
        [.. selector["matchExpressions"].Items.Select(r => (r["key"].Text ?? "", r["operator"].Text, (string?[])[.. r["values"].Texts]))]);

    /// <summary>Reads a plain map of labels.</summary>
    public static LabelSelector OfLabels(Field labels) => new([.. labels.TextMap().Select(l => (l.Key, l.Value))], []);

    /// <summary>One label that whoever is selected has; null if the selector does not name one.</summary>
    public (string Key, string Value)? Known => _labels.Length == 0 ? null : _labels[0];

    /// <summary>Whether labels satisfy it.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (key, value) in _labels)
        {
            if (!labels.TryGetValue(key, out var found) || found != value)
                return false;
        }

        foreach (var (key, @operator, values) in _requirements)
        {
            var has = labels.TryGetValue(key, out var value);
            var holds = @operator switch
            {
                "In" => has && values.Contains(value),
                "NotIn" => !has || !values.Contains(value),
                "Exists" => has,
                "DoesNotExist" => !has,
                _ => true,
            };
            if (!holds)
                return false;
        }

        return true;
    }
}
