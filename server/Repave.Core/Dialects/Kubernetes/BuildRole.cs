namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What the builds that a resource goes into still write into it.</summary>
[Flags]
internal enum BuildRole
{
    /// <summary>It is what it is.</summary>
    Whole = 0,

    /// <summary>It is a patch: a part of another.</summary>
    Patch = 1,

    /// <summary>Labels are written into its selectors and templates.</summary>
    Selectors = 2,

    /// <summary>Its name is written.</summary>
    Name = 4,

    /// <summary>A patch is laid over it, so that what is missing may come from there.</summary>
    Fields = 8,

    /// <summary>It is a patch that the kustomization beside it does not name: nothing is built with it.</summary>
    Idle = 16,
}
