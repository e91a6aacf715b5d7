using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>A property, or a part of one, that two states of a resource differ in.</summary>
/// <param name="Path">Where, from the resource's properties.</param>
/// <param name="From">What it was; null if it was absent.</param>
/// <param name="To">What it becomes; null if it is taken away.</param>
/// <param name="Place">What to show in the new template: the new value, or what held the old one.</param>
/// <param name="IsPerhaps">Whether the two may be the same: one is a hash whose key is not here.</param>
internal sealed record PropertyChange(FieldPath Path, string? From, string? To, Node? Place, bool IsPerhaps);

/// <summary>Finds the properties in which two states of a resource differ once both templates are evaluated.</summary>
internal static class TemplateComparer
{
    private const int MaxDepth = 60;

    /// <summary>The differences.</summary>
    public static IReadOnlyList<PropertyChange> Compare(Node? from, TemplateValues before, Node? to, TemplateValues after)
    {
        var changes = new List<PropertyChange>();
        Compare(FieldPath.Root, from, before, to, after, to, changes, 0);
        return changes;
    }

    private static void Compare(FieldPath path, Node? from, TemplateValues before, Node? to, TemplateValues after, Node? place,
        List<PropertyChange> changes, int depth)
    {
        var (old, oldText) = before.Reduce(from);
        var (now, nowText) = after.Reduce(to);
        if (depth < MaxDepth && old is MapNode oldMapping && now is MapNode nowMapping)
        {
            foreach (var entry in nowMapping.AllEntries)
            {
                // Of a key that stands twice readers keep the last.
                if (entry.Name is { } name && nowMapping.Find(name) == entry)
                    Compare(path.Field(name), oldMapping.Find(name)?.Value, before, entry.Value, after, entry.Value, changes, depth + 1);
            }

            foreach (var entry in oldMapping.AllEntries)
            {
                if (entry.Name is { } name && nowMapping.Find(name) is null)
                    Compare(path.Field(name), entry.Value, before, null, after, now, changes, depth + 1);
            }

            return;
        }

        if (depth < MaxDepth && old is ListNode oldList && now is ListNode nowList && oldList.Items.Count == nowList.Items.Count)
        {
            var (olds, nows) = (oldList.ResolvedItems.ToList(), nowList.ResolvedItems.ToList());
            for (var i = 0; i < nows.Count && i < olds.Count; i++)
                Compare(path.Item(i), olds[i], before, nows[i], after, nows[i], changes, depth + 1);
            return;
        }

        var (left, right) = (oldText ?? (old is null ? null : before.Text(old)), nowText ?? (now is null ? null : after.Text(now)));
        if (left == right || AreSame(left, right))
            return;
        var same = left is null || right is null ? false : SecretHash.AreEqual(left, right, after.Key);
        if (same != true)
            changes.Add(new PropertyChange(path, left, right, place, IsPerhaps: same is null));
    }

    // "80" and 80.0, true and "true" are one value.
    private static bool AreSame(string? left, string? right)
    {
        if (left is null || right is null)
            return false;
        if (bool.TryParse(left, out var a) && bool.TryParse(right, out var b))
            return a == b;
        return YamlScalars.NumberOf(left) is { } x && YamlScalars.NumberOf(right) is { } y && x == y && left.Length < 16
            && right.Length < 16 && left[0] != '0' && right[0] != '0';
    }
}
