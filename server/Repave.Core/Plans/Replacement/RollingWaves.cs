namespace Repave.Core.Plans.Replacement;

/// <summary>Replaces instances wave by wave between two bounds, as rolling controllers do: new ones up to the most that there may be, old
/// ones away as long as enough are there. All new ones of a wave become ready together.</summary>
internal sealed class RollingWaves
{
    // More waves than any platform lets run.
    private const int MaxWaves = 100_000;

    private readonly int _floor;
    private readonly int _ceiling;
    private int _new;
    private int _newAvailable;
    private int _old;
    private int _oldAvailable;

    /// <summary>A state before the first wave.</summary>
    /// <param name="old">The old instances.</param>
    /// <param name="oldAvailable">Those of them that are there for users.</param>
    /// <param name="floor">How many must be there for users.</param>
    /// <param name="ceiling">How many there may be.</param>
    public RollingWaves(int old, int oldAvailable, int floor, int ceiling)
    {
        (_old, _oldAvailable, _floor, _ceiling) = (old, oldAvailable, floor, ceiling);
        (Least, Most) = (oldAvailable, old);
    }

    /// <summary>The fewest that were there for users.</summary>
    public int Least { get; private set; }

    /// <summary>The most that there were.</summary>
    public int Most { get; private set; }

    /// <summary>How many new ones there were at the end of each wave, equal numbers once.</summary>
    public List<int> Steps { get; } = [];

    /// <summary>How many new ones there are.</summary>
    public int New => _new;

    /// <summary>How many waves brought new ones.</summary>
    public int Waves { get; private set; }

    /// <summary>Moves until there are so many new and old ones.</summary>
    /// <returns>Whether it came to that.</returns>
    public bool Move(int wantedNew, int wantedOld)
    {
        for (var wave = 0; wave < MaxWaves; wave++)
        {
            var before = (_new, _old, _newAvailable, _oldAvailable);
            Settle(wantedNew, wantedOld);
            Most = Math.Max(Most, _new + _old);
            Least = Math.Min(Least, _newAvailable + _oldAvailable);
            if (_new > (Steps.Count == 0 ? 0 : Steps[Steps.Count - 1]))
            {
                Steps.Add(_new);
                Waves++;
            }

            // The wave becomes ready.
            (_newAvailable, _oldAvailable) = (_new, _old);
            if (_new == wantedNew && _old == wantedOld)
                return true;
            if (before == (_new, _old, _newAvailable, _oldAvailable))
                return false;
        }

        return false;
    }

    private void Settle(int wantedNew, int wantedOld)
    {
        while (true)
        {
            // Old ones that come back come first, and new ones that are too many go only as these are there for users.
            var back = Math.Max(0, Math.Min(wantedOld - _old, _ceiling - _new - _old));
            _old += back;
            var up = Math.Max(0, Math.Min(wantedNew - _new, _ceiling - _new - _old));
            _new += up;
            var less = Math.Max(0, Math.Min(_new - wantedNew, _new + _oldAvailable - _floor));
            _new -= less;
            _newAvailable = Math.Min(_newAvailable, _new);

            // What is not there for users goes first, and goes without harm.
            var room = Math.Max(0, _new + _old - _floor - (_new - _newAvailable));
            var idle = Math.Min(Math.Min(_old - _oldAvailable, room), Math.Max(0, _old - wantedOld));
            _old -= idle;
            var down = Math.Max(0, Math.Min(Math.Min(_old - wantedOld, _oldAvailable), _newAvailable + _oldAvailable - _floor));
            _old -= down;
            _oldAvailable -= down;
            if (back + up + less + down + idle == 0)
                return;
        }
    }
}
