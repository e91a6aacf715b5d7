namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Where a value stands in a project: names, which may have points in them, and <c>[]</c> for places in lists.</summary>
internal sealed class ValuePath
{
    private readonly ValuePath? _parent;
    private readonly string _step;
    private readonly string _shown;

    private ValuePath(ValuePath? parent, string step, string shown)
    {
        (_parent, _step, _shown) = (parent, step, shown);
        Length = parent is null ? 0 : parent.Length + 1;
    }

    /// <summary>The project itself.</summary>
    public static ValuePath Root { get; } = new(null, "", "");

    /// <summary>How many steps it has.</summary>
    public int Length { get; }

    /// <summary>The last step.</summary>
    public string Last => _step;

    /// <summary>The field of a name.</summary>
    public ValuePath Next(string name) => new(this, name, name);

    /// <summary>An item of a list.</summary>
    public ValuePath Item(int place) => new(this, "[]", $"[{place}]");

    /// <summary>Whether it is one that a pattern means.</summary>
    public bool Matches(string[] steps)
    {
        if (steps.Length != Length)
            return false;
        var at = this;
        for (var i = steps.Length - 1; i >= 0; i--, at = at._parent!)
        {
            if (steps[i] != "*" && steps[i] != at._step)
                return false;
        }

        return true;
    }

    /// <summary>The path as people write it: <c>services.web.ports[0]</c>.</summary>
    public override string ToString()
    {
        var steps = new List<string>();
        for (var at = this; at._parent is not null; at = at._parent)
            steps.Add(at._shown);
        steps.Reverse();
        return string.Concat(steps.Select((step, i) => i == 0 || step.StartsWith('[') ? step : "." + step));
    }
}
