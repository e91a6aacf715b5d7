namespace Repave.Core.Dialects.Kubernetes.Cel;

/// <summary>A part of a CEL expression.</summary>
internal abstract record CelNode
{
    /// <summary>How many parts stand within one another below this one, itself included.</summary>
    public int Depth { get; protected init; } = 1;
}

/// <summary>A value: null, bool, long, double or string.</summary>
internal sealed record CelLiteral(object? Value) : CelNode;

/// <summary>A variable.</summary>
internal sealed record CelName(string Name) : CelNode;

/// <summary><c>-x</c> or <c>!x</c>.</summary>
internal sealed record CelUnary : CelNode
{
    public CelUnary(char sign, CelNode operand) => (Sign, Operand, Depth) = (sign, operand, operand.Depth + 1);

    public char Sign { get; }

    public CelNode Operand { get; }
}

/// <summary>Two operands and what stands between them.</summary>
internal sealed record CelBinary : CelNode
{
    public CelBinary(string sign, CelNode left, CelNode right) =>
        (Sign, Left, Right, Depth) = (sign, left, right, Math.Max(left.Depth, right.Depth) + 1);

    public string Sign { get; }

    public CelNode Left { get; }

    public CelNode Right { get; }
}

/// <summary>Operands that stand in a row between <c>&amp;&amp;</c> or <c>||</c>: a long row is not deep.</summary>
internal sealed record CelLogic : CelNode
{
    public CelLogic(bool isOr, IReadOnlyList<CelNode> operands) =>
        (IsOr, Operands, Depth) = (isOr, operands, operands.Max(o => o.Depth) + 1);

    public bool IsOr { get; }

    public IReadOnlyList<CelNode> Operands { get; }
}

/// <summary><c>a ? b : c</c>.</summary>
internal sealed record CelConditional : CelNode
{
    public CelConditional(CelNode condition, CelNode then, CelNode otherwise) =>
        (Condition, Then, Otherwise, Depth) = (condition, then, otherwise,
            Math.Max(condition.Depth, Math.Max(then.Depth, otherwise.Depth)) + 1);

    public CelNode Condition { get; }

    public CelNode Then { get; }

    public CelNode Otherwise { get; }
}

/// <summary><c>x.field</c>, or <c>x.?field</c>.</summary>
internal sealed record CelSelect : CelNode
{
    public CelSelect(CelNode target, string field, bool isOptional) =>
        (Target, Field, IsOptional, Depth) = (target, field, isOptional, target.Depth + 1);

    public CelNode Target { get; }

    public string Field { get; }

    public bool IsOptional { get; }
}

/// <summary><c>x[i]</c>, or <c>x[?i]</c>.</summary>
internal sealed record CelIndex : CelNode
{
    public CelIndex(CelNode target, CelNode index, bool isOptional) =>
        (Target, Index, IsOptional, Depth) = (target, index, isOptional, Math.Max(target.Depth, index.Depth) + 1);

    public CelNode Target { get; }

    public CelNode Index { get; }

    public bool IsOptional { get; }
}

/// <summary><c>f(…)</c>, or <c>x.f(…)</c>.</summary>
internal sealed record CelCall : CelNode
{
    public CelCall(CelNode? target, string function, IReadOnlyList<CelNode> arguments) =>
        (Target, Function, Arguments, Depth) = (target, function, arguments,
            arguments.Select(a => a.Depth).Append(target?.Depth ?? 0).Max() + 1);

    public CelNode? Target { get; }

    public string Function { get; }

    public IReadOnlyList<CelNode> Arguments { get; }
}

/// <summary><c>[…]</c>.</summary>
internal sealed record CelList : CelNode
{
    public CelList(IReadOnlyList<CelNode> items) => (Items, Depth) = (items, items.Select(i => i.Depth).Append(0).Max() + 1);

    public IReadOnlyList<CelNode> Items { get; }
}

/// <summary><c>{…}</c>.</summary>
internal sealed record CelMap : CelNode
{
    public CelMap(IReadOnlyList<(CelNode Key, CelNode Value)> entries) =>
        (Entries, Depth) = (entries, entries.Select(e => Math.Max(e.Key.Depth, e.Value.Depth)).Append(0).Max() + 1);

    public IReadOnlyList<(CelNode Key, CelNode Value)> Entries { get; }
}
