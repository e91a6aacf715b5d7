namespace Repave.Core.Dialects.Kubernetes.Cel;

/// <summary>A part of a CEL expression.</summary>
internal abstract record CelNode;

/// <summary>A value: null, bool, long, double or string.</summary>
internal sealed record CelLiteral(object? Value) : CelNode;

/// <summary>A variable.</summary>
internal sealed record CelName(string Name) : CelNode;

/// <summary><c>-x</c> or <c>!x</c>.</summary>
internal sealed record CelUnary(char Sign, CelNode Operand) : CelNode;

/// <summary>Two operands and what stands between them.</summary>
internal sealed record CelBinary(string Sign, CelNode Left, CelNode Right) : CelNode;

/// <summary><c>a ? b : c</c>.</summary>
internal sealed record CelConditional(CelNode Condition, CelNode Then, CelNode Otherwise) : CelNode;

/// <summary><c>x.field</c>, or <c>x.?field</c>.</summary>
internal sealed record CelSelect(CelNode Target, string Field, bool IsOptional) : CelNode;

/// <summary><c>x[i]</c>, or <c>x[?i]</c>.</summary>
internal sealed record CelIndex(CelNode Target, CelNode Index, bool IsOptional) : CelNode;

/// <summary><c>f(…)</c>, or <c>x.f(…)</c>.</summary>
internal sealed record CelCall(CelNode? Target, string Function, IReadOnlyList<CelNode> Arguments) : CelNode;

/// <summary><c>[…]</c>.</summary>
internal sealed record CelList(IReadOnlyList<CelNode> Items) : CelNode;

/// <summary><c>{…}</c>.</summary>
internal sealed record CelMap(IReadOnlyList<(CelNode Key, CelNode Value)> Entries) : CelNode;
