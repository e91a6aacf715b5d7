namespace Repave.Core.Builds;

/// <summary>What a tool is whose sources take each other in: one that another takes in is no environment of its own, and the manifests that
/// it reads are not applied as they stand.</summary>
public interface IComposes
{
}
