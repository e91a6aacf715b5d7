namespace Repave.Core.Plans.Replacement;

/// <summary>What going back to the baseline would do to one resource, and why: the worst of what applies.</summary>
public sealed class WayBack
{
    private const int MaxReasons = 8;

    private readonly List<string> _reasons = [];

    /// <summary>What it does.</summary>
    public BackHow How { get; private set; }

    /// <summary>Why, in sentences; empty if nothing is to be said.</summary>
    public IReadOnlyList<string> Reasons => _reasons;

    /// <summary>Whether somebody who wants to go back cannot simply do so: with loss, or never.</summary>
    public bool IsClosed => How is BackHow.Loss or BackHow.Never;

    /// <summary>How plans write it (<c>in-place</c>).</summary>
    public string Name => NameOf(How);

    /// <summary>How plans write what a way back does.</summary>
    public static string NameOf(BackHow how) => how switch
    {
        BackHow.Nothing => "nothing",
        BackHow.InPlace => "in-place",
        BackHow.AtOnce => "at-once",
        BackHow.Roll => "roll",
        BackHow.Unknown => "unknown",
        BackHow.Replace => "replace",
        BackHow.Loss => "loss",
        _ => "never",
    };

    /// <summary>Makes it what it is by itself, and forgets what was said before.</summary>
    public void Set(BackHow how, string reason)
    {
        _reasons.Clear();
        How = how;
        Say(reason);
    }

    /// <summary>Makes it as bad as something that applies, unless it is worse already; the worst is said first.</summary>
    public void Worsen(BackHow how, string reason)
    {
        if (how > How)
        {
            How = how;
            _reasons.Insert(0, reason);
            if (_reasons.Count > MaxReasons)
                _reasons.RemoveAt(MaxReasons);
        }
        else
        {
            Say(reason);
        }
    }

    /// <summary>Says something that makes it neither better nor worse.</summary>
    public void Say(string reason)
    {
        if (reason.Length > 0 && _reasons.Count < MaxReasons && !_reasons.Contains(reason))
            _reasons.Add(reason);
    }

    /// <summary>Passes what was said in words through a function that takes secrets out.</summary>
    internal void HideIn(Func<string, string> hide)
    {
        for (var i = 0; i < _reasons.Count; i++)
            _reasons[i] = hide(_reasons[i]);
    }
}
