namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>What counts as true, and what as empty.</summary>
internal static class GoTruth
{
    /// <summary>Whether <c>if</c> takes a value for true.</summary>
    public static bool IsTrue(GoValue? value) => value switch
    {
        null => false,
        GoBool boolean => boolean.Value,
        GoInteger integer => integer.Value != 0,
        GoFloat real => real.Value != 0,
        GoText text => text.Text.Length > 0,
        GoList list => list.Items.Count > 0,
        GoMap map => map.Entries.Count > 0,
        GoObject { Inner: { } inner } => IsTrue(inner),
        _ => true,
    };

    /// <summary>Whether sprig's functions take a value for empty.</summary>
    public static bool IsEmpty(GoValue? value) => !IsTrue(value);

    /// <summary>Whether two values are the same to <c>reflect.DeepEqual</c>.</summary>
    public static bool AreEqual(GoValue? one, GoValue? other, int depth = 0)
    {
        if (one is null || other is null)
            return one is null && other is null;
        if (one.TypeName != other.TypeName || depth > 200)
            return false;
        switch (one, other)
        {
            case (GoBool a, GoBool b):
                return a.Value == b.Value;
            case (GoInteger a, GoInteger b):
                return a.Value == b.Value;
            case (GoFloat a, GoFloat b):
                return a.Value == b.Value;
            case (GoText a, GoText b):
                return a.Text == b.Text;
            case (GoList a, GoList b):
                return a.Items.Count == b.Items.Count && a.IsNil == b.IsNil
                    && a.Items.Zip(b.Items, (x, y) => AreEqual(x, y, depth + 1)).All(same => same);
            case (GoMap a, GoMap b):
                return a.Entries.Count == b.Entries.Count
                    && a.Entries.All(entry => b.Entries.TryGetValue(entry.Key, out var value) && AreEqual(entry.Value, value, depth + 1));
            case (GoObject { Text: { } a }, GoObject { Text: { } b }):
                return a == b;
            default:
                return ReferenceEquals(one, other);
        }
    }
}
