using Repave.Core.Syntax;

namespace Repave.Core.Plans;

/// <summary>Which fields of a live object whoever applies manifests has set, so that leaving one out takes it away. What others set
/// (defaults, controllers) stays when a manifest does not name it.</summary>
public abstract class Ownership
{
    /// <summary>Everything was set by whoever applies: what is left out is taken away.</summary>
    public static Ownership All { get; } = new AllOwned();

    /// <summary>Nothing is known to have been set: what is left out stays.</summary>
    public static Ownership Nothing { get; } = new NothingOwned();

    /// <summary>What is owned below a field; null if the field is not owned.</summary>
    public abstract Ownership? Field(string name);

    /// <summary>What is owned below a list's item; null if the item is not owned.</summary>
    /// <param name="keys">The fields that identify items; empty if items are values.</param>
    /// <param name="item">The item.</param>
    public abstract Ownership? Item(IReadOnlyList<string> keys, Node item);

    /// <summary>Whether leaving a structure out takes away all of it, also what others set in it.</summary>
    public virtual bool TakesWhole => true;

    private sealed class AllOwned : Ownership
    {
        public override Ownership Field(string name) => this;

        public override Ownership Item(IReadOnlyList<string> keys, Node item) => this;
    }

    private sealed class NothingOwned : Ownership
    {
        public override Ownership? Field(string name) => null;

        public override Ownership? Item(IReadOnlyList<string> keys, Node item) => null;
    }
}
