using System.Text;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Evaluates expressions as Terraform does. What is not known stays unknown, and so does what has no value; why not is in
/// <see cref="Problems"/>.</summary>
public sealed class Evaluator
{
    // What an author could wait for; more is unknown.
    private const int MaxSteps = 2_000_000;
    private const int MaxText = 4_000_000;

    private readonly EvaluationScope _scope;
    private readonly Dictionary<string, TerraformValue> _locals = new(StringComparer.Ordinal);
    private readonly List<EvaluationProblem> _problems = [];
    private TerraformValue? _item;
    private int _depth;
    private int _steps;

    /// <summary>An evaluator.</summary>
    /// <param name="scope">Where names are found.</param>
    public Evaluator(EvaluationScope scope) => _scope = scope;

    /// <summary>Why expressions had no value.</summary>
    public IReadOnlyList<EvaluationProblem> Problems => _problems;

    /// <summary>The scope.</summary>
    internal EvaluationScope Scope => _scope;

    /// <summary>The value of an expression in a scope.</summary>
    public static TerraformValue Evaluate(HclExpression expression, EvaluationScope scope) => new Evaluator(scope).Evaluate(expression);

    /// <summary>Gives a name a value that stands before what the scope has (<c>each</c>, <c>count</c>, an iterator).</summary>
    public void Set(string name, TerraformValue value) => _locals[name] = value;

    /// <summary>An evaluator that knows one name more.</summary>
    public Evaluator With(string name, TerraformValue value)
    {
        var inner = new Evaluator(_scope) { _depth = _depth, _steps = _steps };
        foreach (var local in _locals)
            inner._locals[local.Key] = local.Value;
        inner._locals[name] = value;
        return inner;
    }

    /// <summary>The value of an expression.</summary>
    public TerraformValue Evaluate(HclExpression expression)
    {
        if (_depth > SyntaxLimits.Depth || ++_steps > MaxSteps)
            return TerraformValue.Unknown;
        _depth++;
        var value = Read(expression);
        _depth--;
        return value;
    }

    /// <summary>Says why something has no value.</summary>
    internal TerraformValue Fail(TextSpan span, string message, TerraformType? type = null)
    {
        _problems.Add(new EvaluationProblem(span, message));
        return TerraformValue.UnknownOf(type ?? TerraformType.Any);
    }

    /// <summary>Evaluates, and says whether that went without a problem; none of them stays.</summary>
    internal TerraformValue Try(HclExpression expression, out bool isFine)
    {
        var before = _problems.Count;
        var value = Evaluate(expression);
        isFine = _problems.Count == before;
        _problems.RemoveRange(before, _problems.Count - before);
        return value;
    }

    /// <summary>Evaluates with names of their own and no others.</summary>
    internal TerraformValue EvaluateWith(HclExpression expression, IReadOnlyDictionary<string, TerraformValue> names)
    {
        var inner = new Evaluator(new FixedNames(names, _scope)) { _depth = _depth, _steps = _steps };
        var value = inner.Evaluate(expression);
        _steps = inner._steps;
        _problems.AddRange(inner._problems);
        return value;
    }

    private TerraformValue Read(HclExpression expression)
    {
        switch (expression)
        {
            case HclLiteral literal:
                return literal.Kind switch
                {
                    HclLiteralKind.Null => TerraformValue.Null,
                    HclLiteralKind.Boolean => TerraformValue.Of(literal.IsTrue),
                    _ => TerraformNumber.Parse(literal.Written) is { } number ? TerraformValue.Of(number)
                        : TerraformValue.UnknownOf(TerraformType.Number),
                };
            case HclText text:
                return TerraformValue.Of(text.Value);
            case HclParentheses parentheses:
                return Evaluate(parentheses.Inner);
            case HclTemplate { IsWrap: true, Parts: [var only] }:
                return Evaluate(only);
            case HclTemplate template:
                return Put(template.Parts);
            case HclTemplateFor loop:
                var pieces = Loop(loop.Loop);
                return pieces.HasContent ? Join(pieces, loop.Span) : TerraformValue.UnknownOf(TerraformType.String).MarkedLike(pieces);
            case HclTraversal traversal:
                return Traverse(traversal);
            case HclRelative relative:
                return Take(Evaluate(relative.Source), relative.Steps, 0);
            case HclIndex index:
                return Index(Evaluate(index.Collection), Evaluate(index.Key), index.Span);
            case HclSplat splat:
                return Splat(splat);
            case HclSplatItem:
                return _item ?? TerraformValue.Unknown;
            case HclCall call:
                return Functions.Call(this, call);
            case HclTuple tuple:
                return TerraformValue.Tuple([.. tuple.Items.Select(Evaluate)]);
            case HclObject body:
                return MakeObject(body);
            case HclFor loop:
                return Loop(loop);
            case HclConditional conditional:
                return Choose(conditional);
            case HclBinary binary:
                return Operate(binary);
            case HclUnary unary:
                return Operate(unary);
            default:
                return TerraformValue.Unknown;
        }
    }

    private TerraformValue Put(IReadOnlyList<HclExpression> parts)
    {
        var text = new StringBuilder();
        var isKnown = true;
        var isSensitive = false;
        foreach (var part in parts)
        {
            var value = Evaluate(part);
            isSensitive |= value.IsSensitive;
            if (value.IsNull)
            {
                Fail(part.Span, "The value is null, which no text can hold.");
                isKnown = false;
                continue;
            }

            if (Conversion.To(value, TerraformType.String, out _) is not { } converted)
            {
                Fail(part.Span, $"A {value.Type} cannot stand in a text.");
                isKnown = false;
                continue;
            }

            isKnown &= converted.Text is not null && text.Length + converted.Text.Length < MaxText;
            if (isKnown)
                text.Append(converted.Text);
        }

        return (isKnown ? TerraformValue.Of(text.ToString()) : TerraformValue.UnknownOf(TerraformType.String)).Marked(isSensitive);
    }

    private TerraformValue Join(TerraformValue pieces, TextSpan span)
    {
        var text = new StringBuilder();
        var isSensitive = pieces.IsSensitive;
        foreach (var piece in pieces.Items)
        {
            isSensitive |= piece.IsSensitive;
            if (piece.IsNull)
                return Fail(span, "The value is null, which no text can hold.");
            if (Conversion.To(piece, TerraformType.String, out _) is not { } converted)
                return Fail(span, $"A {piece.Type} cannot stand in a text.");
            if (converted.Text is null || text.Length + converted.Text.Length > MaxText)
                return TerraformValue.UnknownOf(TerraformType.String).Marked(isSensitive);
            text.Append(converted.Text);
        }

        return TerraformValue.Of(text.ToString()).Marked(isSensitive);
    }

    private TerraformValue Traverse(HclTraversal traversal)
    {
        if (_locals.TryGetValue(traversal.Root, out var local))
            return Take(local, traversal.Steps, 0);
        var value = _scope.Resolve(traversal, out var steps);
        return Take(value, traversal.Steps, steps);
    }

    private TerraformValue Take(TerraformValue value, IReadOnlyList<HclStep> steps, int from)
    {
        for (var i = from; i < steps.Count; i++)
        {
            var step = steps[i];
            if (step.IsIndex)
            {
                var key = step.Name is not null ? TerraformValue.Of(step.Name)
                    : TerraformNumber.Parse(step.Number!) is { } number ? TerraformValue.Of(number) : TerraformValue.Unknown;
                value = Index(value, key, step.Span);
            }
            else
            {
                value = Attribute(value, step.Name!, step.Span);
            }
        }

        return value;
    }

    private TerraformValue Attribute(TerraformValue value, string name, TextSpan span)
    {
        if (value.IsNull)
            return Fail(span, "The value is null, and null has no attributes.");
        if (value.IsUnknown)
        {
            var type = value.Type;
            if (type.Kind == SchemaTypeKind.Object)
            {
                return type.Attributes.TryGetValue(name, out var attribute) ? TerraformValue.UnknownOf(attribute).MarkedLike(value)
                    : WithoutAttribute(span, $"The object has no attribute '{name}'.{Hint(name, type.Attributes.Keys)}");
            }

            return TerraformValue.UnknownOf(type.Kind == SchemaTypeKind.Map ? type.Element! : TerraformType.Any).MarkedLike(value);
        }

        switch (value.Kind)
        {
            case SchemaTypeKind.Object or SchemaTypeKind.Map:
                if (value.Entries.TryGetValue(name, out var entry))
                    return entry.MarkedLike(value);
                if (value.IsOpen)
                    return TerraformValue.Unknown.MarkedLike(value);
                return value.Kind == SchemaTypeKind.Map ? Fail(span, $"The map has no key '{name}'.")
                    : WithoutAttribute(span, $"The object has no attribute '{name}'.{Hint(name, value.Entries.Keys)}");
            default:
                return WithoutAttribute(span, $"A {value.Type} has no attributes, so '{name}' is none of it.");
        }
    }

    private TerraformValue WithoutAttribute(TextSpan span, string message)
    {
        _problems.Add(new EvaluationProblem(span, message) { IsAttribute = true });
        return TerraformValue.Unknown;
    }

    private static string Hint(string name, IEnumerable<string> names) =>
        Shapes.NearestName.Of(name, names) is { } near ? $" Did you mean '{near}'?" : "";

    private TerraformValue Index(TerraformValue collection, TerraformValue key, TextSpan span)
    {
        var isSensitive = collection.IsSensitive || key.IsSensitive;
        if (collection.IsNull)
            return Fail(span, "The value is null, and null has no items.");
        if (key.IsNull)
            return Fail(span, "The index is null.");
        var type = collection.Type;
        switch (type.Kind)
        {
            case SchemaTypeKind.List or SchemaTypeKind.Tuple:
                if (Conversion.To(key, TerraformType.Number, out _) is not { } number)
                    return Fail(span, "The index of a list is a number.");
                if (collection.IsUnknown || number.IsUnknown)
                {
                    var element = type.Element ?? (collection.IsUnknown && number.Number?.Integer is { } known && known >= 0
                        && known < type.Elements.Count ? type.Elements[(int)known] : TerraformType.Any);
                    return TerraformValue.UnknownOf(element).Marked(isSensitive);
                }

                if (number.Number!.Integer is not { } at || at < 0 || at >= collection.Items.Count)
                    return Fail(span, collection.Items.Count == 0 ? "The list is empty: no index is in it."
                        : $"The index is outside the list, which has {collection.Items.Count} items.");
                return collection.Items[(int)at].Marked(isSensitive || collection.Items[(int)at].IsSensitive);
            case SchemaTypeKind.Map or SchemaTypeKind.Object:
                if (Conversion.To(key, TerraformType.String, out _) is not { } text)
                    return Fail(span, "The key of a map is a text.");
                if (collection.IsUnknown || text.IsUnknown)
                {
                    return TerraformValue.UnknownOf(type.Element
                        ?? (text.Text is { } name && type.Attributes.TryGetValue(name, out var known)
                            ? known : TerraformType.Any)).Marked(isSensitive);
                }

                if (collection.Entries.TryGetValue(text.Text!, out var entry))
                    return entry.Marked(isSensitive || entry.IsSensitive);
                if (collection.IsOpen)
                    return TerraformValue.Unknown.Marked(isSensitive);
                return Fail(span, "The map has no such key.");
            case SchemaTypeKind.Any:
                return TerraformValue.Unknown.Marked(isSensitive);
            default:
                return Fail(span, type.Kind == SchemaTypeKind.Set ? "The items of a set have no places, so no index finds one."
                    : $"A {type} has no items.");
        }
    }

    private TerraformValue Splat(HclSplat splat)
    {
        var source = Evaluate(splat.Source);
        var outer = _item;
        try
        {
            if (source.Kind is SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Tuple)
            {
                if (source.IsNull)
                    return Fail(splat.Source.Span, "The value is null, and null has no items.");
                if (source.IsUnknown)
                    return TerraformValue.Unknown.MarkedLike(source);
                var items = new List<TerraformValue>(source.Items.Count);
                foreach (var item in source.Items)
                {
                    _item = item;
                    items.Add(Evaluate(splat.Each));
                }

                return (source.Kind == SchemaTypeKind.Tuple || Conversion.Unify([.. items.Select(i => i.Type)]) is not { } element
                    || !items.TrueForAll(i => i.Type.Equals(element))
                        ? TerraformValue.Tuple(items) : TerraformValue.List(element, items)).MarkedLike(source);
            }

            // Anything else is a list of one item, and null of none.
            if (source.IsUnknown)
                return TerraformValue.Unknown.MarkedLike(source);
            if (source.IsNull)
                return TerraformValue.Tuple([]);
            _item = source;
            return TerraformValue.Tuple([Evaluate(splat.Each)]);
        }
        finally
        {
            _item = outer;
        }
    }

    private TerraformValue MakeObject(HclObject body)
    {
        var entries = new List<KeyValuePair<string, TerraformValue>>(body.Entries.Count);
        var isKnown = true;
        var isSensitive = false;
        foreach (var entry in body.Entries)
        {
            var value = Evaluate(entry.Value);
            TerraformValue key;
            if (entry.Key is HclTraversal { Steps.Count: 0 } bare)
                key = TerraformValue.Of(bare.Root);
            else
                key = Evaluate(entry.Key);
            if (key.IsNull)
            {
                Fail(entry.Key.Span, "The key is null.");
                isKnown = false;
                continue;
            }

            isSensitive |= key.IsSensitive;
            if (Conversion.To(key, TerraformType.String, out _) is not { } text)
            {
                Fail(entry.Key.Span, "The key of an object is a text.");
                isKnown = false;
                continue;
            }

            if (text.Text is { } name)
                entries.Add(new KeyValuePair<string, TerraformValue>(name, value));
            else
                isKnown = false;
        }

        return (isKnown ? TerraformValue.Object(entries) : TerraformValue.Unknown).Marked(isSensitive);
    }

    private TerraformValue Loop(HclFor loop)
    {
        var collection = Evaluate(loop.Collection);
        if (collection.IsNull)
            return Fail(loop.Collection.Span, "The value is null, and null has no items to go through.");
        if (collection.IsUnknown || collection.IsOpen)
        {
            if (collection.Type.IsPrimitive)
                return Fail(loop.Collection.Span, $"A {collection.Type} has no items to go through.");
            return TerraformValue.Unknown.MarkedLike(collection);
        }

        if (collection.Type.IsPrimitive)
            return Fail(loop.Collection.Span, $"A {collection.Type} has no items to go through.");
        var pairs = collection.Kind switch
        {
            SchemaTypeKind.Map or SchemaTypeKind.Object => collection.Entries.Select(e => (Key: TerraformValue.Of(e.Key), e.Value)),
            SchemaTypeKind.Set => collection.Items.Select(i => (Key: i, Value: i)),
            _ => collection.Items.Select((item, i) => (Key: TerraformValue.Of(i), Value: item)),
        };
        var (hadKey, outerKey) = Save(loop.KeyName);
        var (hadValue, outerValue) = Save(loop.ValueName);
        var items = new List<TerraformValue>();
        var groups = new SortedDictionary<string, List<TerraformValue>>(Utf8Order.Instance);
        var entries = new Dictionary<string, TerraformValue>(StringComparer.Ordinal);
        var isKnown = true;
        var isSensitive = collection.IsSensitive;
        foreach (var (key, value) in pairs)
        {
            if (_steps > MaxSteps)
            {
                isKnown = false;
                break;
            }

            if (loop.KeyName is not null)
                _locals[loop.KeyName] = key;
            _locals[loop.ValueName] = value;
            if (loop.Condition is not null)
            {
                var condition = Evaluate(loop.Condition);
                isSensitive |= condition.IsSensitive;
                if (condition.IsNull || Conversion.To(condition, TerraformType.Bool, out _) is not { } truth)
                {
                    Fail(loop.Condition.Span, "The condition of a 'for' is true or false.");
                    isKnown = false;
                    continue;
                }

                if (truth.Boolean is not { } included)
                {
                    isKnown = false;
                    continue;
                }

                if (!included)
                    continue;
            }

            if (loop.Key is null)
            {
                items.Add(Evaluate(loop.Value));
                continue;
            }

            var name = Evaluate(loop.Key);
            var content = Evaluate(loop.Value);
            isSensitive |= name.IsSensitive;
            if (name.IsNull || Conversion.To(name, TerraformType.String, out _) is not { } text)
            {
                Fail(loop.Key.Span, name.IsNull ? "The key is null." : "The key of an object is a text.");
                isKnown = false;
                continue;
            }

            if (text.Text is not { } known)
            {
                isKnown = false;
                continue;
            }

            if (loop.Groups)
            {
                if (!groups.TryGetValue(known, out var group))
                    groups[known] = group = [];
                group.Add(content);
            }
            else if (!entries.TryAdd(known, content))
            {
                Fail(loop.Key.Span, "Two items have the same key; with '...' behind the value they are put into a list.");
                isKnown = false;
            }
        }

        Restore(loop.KeyName, hadKey, outerKey);
        Restore(loop.ValueName, hadValue, outerValue);
        TerraformValue result;
        if (!isKnown)
            result = TerraformValue.Unknown;
        else if (!loop.MakesObject)
            result = TerraformValue.Tuple(items);
        else if (loop.Groups)
            result =
                TerraformValue.Object(groups.Select(g => new KeyValuePair<string, TerraformValue>(g.Key, TerraformValue.Tuple(g.Value))));
        else
            result = TerraformValue.Object(entries);
        return result.Marked(isSensitive);
    }

    private (bool Had, TerraformValue? Value) Save(string? name) =>
        name is not null && _locals.TryGetValue(name, out var value) ? (true, value) : (false, null);

    private void Restore(string? name, bool had, TerraformValue? value)
    {
        if (name is null)
            return;
        if (had)
            _locals[name] = value!;
        else
            _locals.Remove(name);
    }

    private TerraformValue Choose(HclConditional conditional)
    {
        var condition = Evaluate(conditional.Condition);
        // A part that is not chosen may fail.
        var before = _problems.Count;
        var whenTrue = Evaluate(conditional.WhenTrue);
        var middle = _problems.Count;
        var whenFalse = Evaluate(conditional.WhenFalse);
        if (condition.IsNull)
        {
            _problems.RemoveRange(before, _problems.Count - before);
            return Fail(conditional.Condition.Span, "The condition is null.");
        }

        if (Conversion.To(condition, TerraformType.Bool, out _) is not { } truth)
        {
            _problems.RemoveRange(before, _problems.Count - before);
            return Fail(conditional.Condition.Span, "A condition is true or false.");
        }

        TerraformType? unified;
        var (trueType, falseType) = (whenTrue.Type, whenFalse.Type);
        if (whenTrue.IsNull && trueType.Kind == SchemaTypeKind.Any)
            unified = falseType;
        else if (whenFalse.IsNull && falseType.Kind == SchemaTypeKind.Any)
            unified = trueType;
        else if (trueType.Kind == SchemaTypeKind.Any || falseType.Kind == SchemaTypeKind.Any)
            unified = TerraformType.Any;
        else
            unified = Conversion.Unify([trueType, falseType]);
        if (truth.Boolean is not { } chosen)
        {
            _problems.RemoveRange(before, _problems.Count - before);
            return TerraformValue.UnknownOf(unified ?? TerraformType.Any).Marked(condition.IsSensitive);
        }

        if (chosen)
            _problems.RemoveRange(middle, _problems.Count - middle);
        else
            _problems.RemoveRange(before, middle - before);
        var value = chosen ? whenTrue : whenFalse;
        if (unified is null)
            return Fail(conditional.Span, $"The two values of a condition have one type; these are {trueType} and {falseType}.");
        return (Conversion.To(value, unified, out _) ?? value).Marked(value.IsSensitive || condition.IsSensitive);
    }

    private TerraformValue Operate(HclUnary unary)
    {
        var operand = Evaluate(unary.Operand);
        var type = unary.Operator == HclOperator.Not ? TerraformType.Bool : TerraformType.Number;
        if (Operand(operand, type, unary.Operand) is not { } value)
            return TerraformValue.UnknownOf(type);
        if (value.IsUnknown)
            return value;
        return (unary.Operator == HclOperator.Not ? TerraformValue.Of(!value.Boolean!.Value) : TerraformValue.Of(value.Number!.Negative()))
            .MarkedLike(operand);
    }

    private TerraformValue? Operand(TerraformValue value, TerraformType type, HclExpression at)
    {
        if (value.IsNull)
        {
            Fail(at.Span, "The value is null, which no operator takes.");
            return null;
        }

        if (Conversion.To(value, type, out var reason) is { } converted)
            return converted;
        Fail(at.Span, $"This operator takes a {type}: {reason}.");
        return null;
    }

    private TerraformValue Operate(HclBinary binary)
    {
        var left = Evaluate(binary.Left);
        var right = Evaluate(binary.Right);
        var isSensitive = left.IsSensitive || right.IsSensitive;
        if (binary.Operator is HclOperator.Equal or HclOperator.NotEqual)
        {
            isSensitive = left.HoldsSecrets || right.HoldsSecrets;
            // Values of two types differ: nothing is converted here.
            var equal = TerraformValue.AreEqual(left, right);
            return (equal is { } known ? TerraformValue.Of(known == (binary.Operator == HclOperator.Equal))
                : TerraformValue.UnknownOf(TerraformType.Bool)).Marked(isSensitive);
        }

        var isLogic = binary.Operator is HclOperator.And or HclOperator.Or;
        var type = isLogic ? TerraformType.Bool : TerraformType.Number;
        var result = binary.Operator >= HclOperator.Add ? TerraformType.Number : TerraformType.Bool;
        var (l, r) = (Operand(left, type, binary.Left), Operand(right, type, binary.Right));
        if (l is null || r is null)
            return TerraformValue.UnknownOf(result).Marked(isSensitive);
        if (isLogic)
        {
            var decides = binary.Operator == HclOperator.Or;
            if (l.Boolean == decides || r.Boolean == decides)
                return TerraformValue.Of(decides).Marked(isSensitive);
        }

        if (l.IsUnknown || r.IsUnknown)
            return TerraformValue.UnknownOf(result).Marked(isSensitive);
        if (isLogic)
            return TerraformValue.Of(binary.Operator == HclOperator.And).Marked(isSensitive);
        var (a, b) = (l.Number!, r.Number!);
        TerraformValue? value = binary.Operator switch
        {
            HclOperator.Add => OfNumber(a.Plus(b)),
            HclOperator.Subtract => OfNumber(a.Minus(b)),
            HclOperator.Multiply => OfNumber(a.Times(b)),
            HclOperator.Divide => OfNumber(a.Over(b)),
            HclOperator.Modulo => OfNumber(a.IsInfinite || b.IsInfinite ? null : a.Modulo(b) ?? a),
            HclOperator.Less => TerraformValue.Of(a.CompareTo(b) < 0),
            HclOperator.LessEqual => TerraformValue.Of(a.CompareTo(b) <= 0),
            HclOperator.Greater => TerraformValue.Of(a.CompareTo(b) > 0),
            _ => TerraformValue.Of(a.CompareTo(b) >= 0),
        };
        if (value is null)
            return Fail(binary.Span, $"There is no result of {a} and {b} here.", TerraformType.Number).Marked(isSensitive);
        return value.Marked(isSensitive);

        static TerraformValue? OfNumber(TerraformNumber? number) => number is null ? null : TerraformValue.Of(number);
    }

    /// <summary>Names that a template is given.</summary>
    private sealed class FixedNames(IReadOnlyDictionary<string, TerraformValue> names, EvaluationScope outer) : EvaluationScope
    {
        public override TerraformValue Resolve(HclTraversal traversal, out int steps)
        {
            steps = 0;
            if (names.TryGetValue(traversal.Root, out var value))
                return value;
            steps = traversal.Steps.Count;
            return TerraformValue.Unknown;
        }

        public override string? ReadFile(string path) => outer.ReadFile(path);
    }
}
