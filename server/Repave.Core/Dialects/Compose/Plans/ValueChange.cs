using Repave.Core.Dialects.Compose.Loading;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>A value that differs between two states of a project.</summary>
/// <param name="Path">Where, below its resource.</param>
/// <param name="From">What it was; null if it was absent.</param>
/// <param name="To">What it becomes; null if it is taken away.</param>
/// <param name="Place">Where that is written, or what held it; null where no text is.</param>
internal sealed record ValueChange(string Path, ComposeValue? From, ComposeValue? To, ValuePlace? Place)
{
    // More are no help to anybody.
    private const int MaxChanges = 200;

    /// <summary>The single values that differ.</summary>
    public static IReadOnlyList<ValueChange> Between(ComposeValue? from, ComposeValue? to, string path, ValuePlace? holder)
    {
        var changes = new List<ValueChange>();
        Compare(from, to, path, holder, changes);
        return changes;
    }

    private static void Compare(ComposeValue? from, ComposeValue? to, string path, ValuePlace? holder, List<ValueChange> changes)
    {
        if (ComposeValue.AreEqual(from, to) || changes.Count >= MaxChanges)
            return;
        if (from is { IsMap: true } && to is { IsMap: true })
        {
            foreach (var name in to.Fields.Keys.Concat(from.Fields.Keys.Where(k => to[k] is null)))
                Compare(from[name], to[name], Join(path, name), to.PlaceOf(name) ?? to.Place ?? holder, changes);
        }
        else if (from is { IsList: true } && to is { IsList: true } && from.Items.Count == to.Items.Count)
        {
            for (var i = 0; i < to.Items.Count; i++)
                Compare(from.Items[i], to.Items[i], $"{path}[{i}]", to.Items[i].Place ?? to.Place ?? holder, changes);
        }
        else
        {
            changes.Add(new ValueChange(path, from, to, to?.Place ?? holder));
        }
    }

    private static string Join(string path, string name)
    {
        var step = name.Length == 0 || name.IndexOfAny(['.', '[', '/']) >= 0 ? $"[{name}]" : name;
        return path.Length == 0 ? step : step[0] == '[' ? path + step : $"{path}.{step}";
    }
}
