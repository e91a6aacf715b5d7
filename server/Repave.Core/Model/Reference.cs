using Repave.Core.Syntax;

namespace Repave.Core.Model;

/// <summary>A place in one resource that names another.</summary>
/// <param name="From">The resource that names.</param>
/// <param name="Node">The name in the text.</param>
/// <param name="To">What is named.</param>
/// <param name="IsOptional">Whether the environment does without it.</param>
public sealed record Reference(Resource From, Node Node, ResourceId To, bool IsOptional);
