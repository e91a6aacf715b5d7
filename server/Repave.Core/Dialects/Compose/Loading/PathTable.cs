namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>What is known of fields by their paths, in which <c>*</c> stands for any name and <c>[]</c> for any place in a list.</summary>
internal sealed class PathTable<T>
    where T : class
{
    private readonly Dictionary<int, List<(string[] Steps, T Value)>> _byLength = [];

    /// <summary>Adds a path.</summary>
    public T this[string path]
    {
        set
        {
            var steps = path.Split('.');
            if (!_byLength.TryGetValue(steps.Length, out var alike))
                _byLength[steps.Length] = alike = [];
            alike.Add((steps, value));
        }
    }

    /// <summary>What is known of a path; null if nothing.</summary>
    public T? Find(ValuePath path)
    {
        if (!_byLength.TryGetValue(path.Length, out var alike))
            return null;
        foreach (var (steps, value) in alike)
        {
            if (path.Matches(steps))
                return value;
        }

        return null;
    }
}
