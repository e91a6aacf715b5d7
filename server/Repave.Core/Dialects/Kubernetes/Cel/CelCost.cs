namespace Repave.Core.Dialects.Kubernetes.Cel;

/// <summary>What evaluating expressions costs, counted as an API server counts it: a step is one, texts cost a tenth of their length for
/// each reading, and an expression that passes the limit is given up, which refuses the object. Beside it stands what evaluating costs
/// here, where lists are copied and compared item by item.</summary>
internal sealed class CelCost
{
    /// <summary>What one expression may cost on a server (its <c>PerCallLimit</c>).</summary>
    private const double PerExpression = 1_000_000;

    /// <summary>What all expressions on one object may cost on a server (its <c>RuntimeCELCostBudget</c>).</summary>
    private const double PerObject = 10_000_000;

    // Longer texts and lists are made by no rule that means well.
    private const int MaxLength = 4_000_000;
    private const long MaxWork = 3_000_000;

    private double _expression;
    private double _object;
    private long _work;

    /// <summary>Whether a server gave up.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether evaluating was given up, by whichever count.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Another expression begins.</summary>
    public void Begin()
    {
        _expression = 0;
        IsSpent = _work > MaxWork || _object > PerObject;
        IsRefused = _object > PerObject;
    }

    /// <summary>Counts steps.</summary>
    public void Add(double cost)
    {
        _expression += cost;
        _object += cost;
        if (_expression > PerExpression || _object > PerObject)
        {
            IsRefused = true;
            GiveUp();
        }

        Work(1);
    }

    /// <summary>Counts a reading of a text.</summary>
    public void Read(int length) => Add(Math.Ceiling(length * 0.1));

    /// <summary>Counts what is done here beyond what a server counts: items copied or compared.</summary>
    public void Work(long items)
    {
        _work += items;
        if (_work > MaxWork)
            GiveUp();
    }

    /// <summary>Counts a text or list that is made.</summary>
    public void Make(long length)
    {
        if (length > MaxLength)
            GiveUp();
        Work(length / 16);
    }

    private void GiveUp()
    {
        IsSpent = true;
        throw new CelFailure();
    }
}
