using System.Collections;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>The entries of a map or object in the order of their keys' bytes. They never change: two arrays, looked up by halving, which is
/// a fraction of what a tree of nodes costs to make.</summary>
internal sealed class ValueEntries : IReadOnlyDictionary<string, TerraformValue>
{
    private readonly string[] _keys;
    private readonly TerraformValue[] _values;

    private ValueEntries(string[] keys, TerraformValue[] values) => (_keys, _values) = (keys, values);

    public static ValueEntries Empty { get; } = new([], []);

    public int Count => _keys.Length;

    public IEnumerable<string> Keys => _keys;

    public IEnumerable<TerraformValue> Values => _values;

    public TerraformValue this[string key] => TryGetValue(key, out var value) ? value
        : throw new KeyNotFoundException($"There is no entry '{key}'.");

    /// <summary>Sorts entries; of those of one key the last counts.</summary>
    public static ValueEntries Of(IEnumerable<KeyValuePair<string, TerraformValue>> entries)
    {
        var all = entries.ToArray();
        var keys = new string[all.Length];
        var values = new TerraformValue[all.Length];
        var isSorted = true;
        for (var i = 0; i < all.Length; i++)
        {
            (keys[i], values[i]) = (all[i].Key, all[i].Value);
            isSorted &= i == 0 || Utf8Order.Compare(keys[i - 1], keys[i]) < 0;
        }

        // Those of a provider's schema come in this order.
        if (isSorted)
            return new ValueEntries(keys, values);
        var byKey = new Dictionary<string, TerraformValue>(all.Length, StringComparer.Ordinal);
        foreach (var entry in all)
            byKey[entry.Key] = entry.Value;
        keys = [.. byKey.Keys];
        Array.Sort(keys, Utf8Order.Instance);
        return new ValueEntries(keys, Array.ConvertAll(keys, key => byKey[key]));
    }

    public bool ContainsKey(string key) => At(key) >= 0;

    public bool TryGetValue(string key, out TerraformValue value)
    {
        var at = At(key);
        value = at >= 0 ? _values[at] : null!;
        return at >= 0;
    }

    public IEnumerator<KeyValuePair<string, TerraformValue>> GetEnumerator()
    {
        for (var i = 0; i < _keys.Length; i++)
            yield return new KeyValuePair<string, TerraformValue>(_keys[i], _values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int At(string key)
    {
        var (low, high) = (0, _keys.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Utf8Order.Compare(_keys[middle], key);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }
}
