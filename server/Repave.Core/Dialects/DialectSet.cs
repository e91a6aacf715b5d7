using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects;

/// <summary>The resources of one set, ready to be checked and asked about; made once per set, used by several threads.</summary>
public abstract class DialectSet
{
    /// <summary>Checks one resource by itself: its shape, what its platform demands, and the dialect's rules.</summary>
    /// <returns>What it looked at besides the resource, for <see cref="SeesTheSame"/>; null if nothing.</returns>
    public abstract object? Check(Resource resource, FindingSink sink);

    /// <summary>Makes a resource that was read after the set was prepared fit to be checked with it.</summary>
    public virtual void Adopt(Resource resource)
    {
    }

    /// <summary>Checks what only the whole set shows: resources defined twice, references to nothing.</summary>
    /// <param name="sinkOf">The sink of a resource's document.</param>
    public virtual void CheckSet(Func<Resource, FindingSink> sinkOf)
    {
    }

    /// <summary>Whether checking a resource with this set gives what it gave with the set before, so that it need not be
    /// checked again.</summary>
    /// <param name="resource">A resource of both sets, in a document that has not changed.</param>
    /// <param name="looked">What its check looked at.</param>
    /// <param name="before">The set that it was checked with.</param>
    public virtual bool SeesTheSame(Resource resource, object? looked, DialectSet before) => false;
}
