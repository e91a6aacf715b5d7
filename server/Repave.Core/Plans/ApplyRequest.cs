namespace Repave.Core.Plans;

/// <summary>The body of a request that applies a manifest.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Body">The body, JSON.</param>
public sealed record ApplyRequest(string ContentType, string Body);
