namespace Repave.Core.Tests.Support;

/// <summary>Tests that run beside no others: they change what all share, or count the process's own seconds of CPU.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
