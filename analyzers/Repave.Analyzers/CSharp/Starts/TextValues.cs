using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Starts;

/// <summary>What texts and lists of texts are, as far as the code says it: through constants, locals, readonly fields, interpolation and
/// the
/// usual ways to put texts together. What nobody knows before the program runs is <see cref="CommandLine.Unknown"/>; a parameter of the
/// method
/// is a mark of its own, so that a caller's value can take its place.</summary>
internal sealed class TextValues(Compilation compilation)
{
    private const int MaxDepth = 16;
    private const int MaxLength = 20_000;
    private const OperationKind CollectionExpression = (OperationKind)0x7f;
    private const char FirstParameter = '\uE000';
    private const char LastParameter = '\uE0FF';

    private static readonly ConditionalWeakTable<Compilation, TextValues> Known = new();

    private readonly ConditionalWeakTable<IOperation, Dictionary<ISymbol, List<IOperation>>> _writes = new();

    /// <summary>The values of a compilation.</summary>
    public static TextValues Of(Compilation compilation) => Known.GetValue(compilation, one => new TextValues(one));

    /// <summary>Whether a text depends on a parameter.</summary>
    public static bool HasParameter(string text) => text.Any(IsParameter);

    /// <summary>Whether a character stands for a parameter.</summary>
    public static bool IsParameter(char c) => c is >= FirstParameter and <= LastParameter;

    /// <summary>The number of the parameter that a character stands for.</summary>
    public static int ParameterOf(char c) => c - FirstParameter;

    /// <summary>The text that parameters are in the place of.</summary>
    public static string Without(string text, string instead)
    {
        if (!HasParameter(text))
            return text;
        var replaced = new StringBuilder();
        foreach (var c in text)
            replaced.Append(IsParameter(c) ? instead : c.ToString());
        return replaced.ToString();
    }

    /// <summary>A text.</summary>
    public string Text(IOperation? operation) => operation is null ? "" : Text(operation, 0);

    /// <summary>A list of texts; null if it is none that is known. A text is not a list.</summary>
    public List<string>? Words(IOperation? operation) => operation is null ? [] : Words(operation, 0);

    /// <summary>Whether an operation's value is a text.</summary>
    public static bool IsText(IOperation operation) => operation.Bare().Type is { SpecialType: SpecialType.System_String }
        or { Name: "ArgumentStringHandler" or "FormattableString" };

    private static string UnknownText => CommandLine.Unknown.ToString();

    private string Text(IOperation operation, int depth)
    {
        if (depth > MaxDepth)
            return UnknownText;
        var bare = operation.Bare();
        if (bare.ConstantValue is { HasValue: true } constant)
            return constant.Value is null ? "" : Convert.ToString(constant.Value, CultureInfo.InvariantCulture) ?? "";
        var text = bare switch
        {
            IInterpolatedStringOperation interpolated => string.Concat(interpolated.Parts.Select(p => p switch
            {
                IInterpolatedStringTextOperation part => Text(part.Text, depth + 1),
                IInterpolationOperation hole => Text(hole.Expression, depth + 1),
                IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [var appended, ..] } } =>
                    Text(appended.Value, depth + 1),
                _ => UnknownText,
            })),
            IInterpolatedStringHandlerCreationOperation handler => Text(handler.Content, depth + 1),
            IInterpolatedStringAdditionOperation sum => Text(sum.Left, depth + 1) + Text(sum.Right, depth + 1),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => OfSum(sum, depth),
            IConditionalOperation { WhenFalse: { } other } choice => OfChoice(Text(choice.WhenTrue, depth + 1), Text(other, depth + 1)),
            ICoalesceOperation coalesce => Text(coalesce.WhenNull, depth + 1),
            ISwitchExpressionOperation { Arms: [var first, ..] } => Text(first.Value, depth + 1),
            IAwaitOperation awaited => Text(awaited.Operation, depth + 1),
            ILocalReferenceOperation local => OfLocal(local, depth),
            IFieldReferenceOperation field => OfMember(field.Field, depth),
            IPropertyReferenceOperation property => OfProperty(property, depth),
            IParameterReferenceOperation { Parameter: { Ordinal: < 256 } one } when IsOfMethod(one) =>
                ((char)(FirstParameter + one.Ordinal)).ToString(),
            IInvocationOperation call => OfCall(call, depth),
            IObjectCreationOperation { Arguments.Length: > 0 } made when IsText(made.Arguments[0].Value) =>
                Text(made.Arguments[0].Value, depth + 1),
            _ => UnknownText,
        };
        return text.Length > MaxLength ? UnknownText : text;
    }

    private static bool IsOfMethod(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction };

    // Sums of many parts stand one inside of the other.
    private string OfSum(IBinaryOperation sum, int depth)
    {
        var parts = new List<string>();
        IOperation at = sum;
        while (at.Bare() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } one
            && at.Bare().ConstantValue is not { HasValue: true })
        {
            parts.Add(Text(one.RightOperand, depth + 1));
            at = one.LeftOperand;
        }

        parts.Add(Text(at, depth + 1));
        parts.Reverse();
        return string.Concat(parts);
    }

    // Where it depends, what it says if the condition holds is as good as the other; but nothing or something is not known.
    private static string OfChoice(string whenTrue, string whenFalse)
    {
        if (whenTrue == whenFalse || (whenTrue.Trim().Length > 0 && whenFalse.Trim().Length > 0))
            return whenTrue;
        // What may be there is a word of its own where it brings the blanks for that.
        var some = whenTrue.Trim().Length > 0 ? whenTrue : whenFalse;
        var before = some.Length > 0 && char.IsWhiteSpace(some[0]) ? " " : "";
        var after = some.Length > 0 && char.IsWhiteSpace(some[some.Length - 1]) ? " " : "";
        return before + UnknownText + after;
    }

    private string OfLocal(ILocalReferenceOperation reference, int depth)
    {
        if (reference.Local.Type.Name == "StringBuilder")
            return UnknownText;
        var writes = WritesOf(reference, reference.Local);
        var before = writes.Where(w => w is not IInvocationOperation && w.Syntax.SpanStart < reference.Syntax.SpanStart).ToList();
        if (before.Count == 0)
            return UnknownText;
        // What is added counts from the last value that it is sure to have had.
        var first = before.FindLastIndex(w => w is not ICompoundAssignmentOperation);
        if (first < 0 || (first > 0 && !IsSureAt(before[first], reference)))
            return UnknownText;
        var text = new StringBuilder();
        foreach (var write in before.Skip(first))
        {
            var value = ValueOf(write);
            text.Append(value is null ? UnknownText : Text(value, depth + 1));
        }

        return text.ToString();
    }

    // Whether the block in which a value is set holds the place where it is used.
    private static bool IsSureAt(IOperation write, IOperation use)
    {
        var block = write.Parent;
        while (block is not null and not IBlockOperation and not IConditionalOperation and not ISwitchCaseOperation)
            block = block.Parent;
        return block is IBlockOperation && block.Syntax.Span.Contains(use.Syntax.Span);
    }

    private static IOperation? ValueOf(IOperation write) => write switch
    {
        IVariableDeclaratorOperation { Initializer.Value: var value } => value,
        IVariableDeclaratorOperation declarator => (declarator.Parent as IVariableDeclarationOperation)?.Initializer?.Value,
        ISimpleAssignmentOperation assignment => assignment.Value,
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } added => added.Value,
        _ => null,
    };

    private string OfProperty(IPropertyReferenceOperation property, int depth)
    {
        if (property.Property is { Name: "NewLine", ContainingType.Name: "Environment" })
            return "\n";
        return OfMember(property.Property, depth);
    }

    private string OfMember(ISymbol member, int depth) => InitializerOf(member) is { } value ? Text(value, depth + 1) : UnknownText;

    // The one value of a field that is readonly, or of a property without a setter.
    private IOperation? InitializerOf(ISymbol member)
    {
        if (member is IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod.IsInitOnly: false }
            || member.DeclaringSyntaxReferences.Length != 1)
            return null;
        var syntax = member.DeclaringSyntaxReferences[0].GetSyntax();
        var value = syntax switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var given } => given,
            PropertyDeclarationSyntax { Initializer.Value: var given } => given,
            PropertyDeclarationSyntax { ExpressionBody.Expression: var given } => given,
            _ => null,
        };
        if (value is not null)
            return ModelOf(syntax.SyntaxTree)?.GetOperation(value);
        // A constructor may give it its value: one, and only there.
        IOperation? found = null;
        foreach (var constructor in member.ContainingType.Constructors)
        {
            foreach (var declared in constructor.DeclaringSyntaxReferences)
            {
                if (declared.GetSyntax() is not ConstructorDeclarationSyntax { Body: { } body }
                    || ModelOf(declared.SyntaxTree) is not { } model)
                    continue;
                foreach (var assignment in body.DescendantNodes().OfType<AssignmentExpressionSyntax>())
                {
                    if (assignment.Left.ToString() is var name && (name == member.Name || name == "this." + member.Name))
                    {
                        if (found is not null)
                            return null;
                        found = model.GetOperation(assignment.Right);
                    }
                }
            }
        }

        // Another object's parameter is none of the method that asks.
        return found?.DescendantsAndSelf().Any(o => o is IParameterReferenceOperation) == true ? null : found;
    }

    /// <summary>The text whose first word an operation is: what was split at blanks into a variable; null if it is none.</summary>
    public string? WholeOf(IOperation operation)
    {
        var (list, index) = operation.Bare() switch
        {
            IArrayElementReferenceOperation { Indices: [var one] } element => (element.ArrayReference, one),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance, Arguments: [var one] } => (instance, one.Value),
            IInvocationOperation { TargetMethod.Name: "First", Arguments: [var source] } => (source.Value, null),
            _ => ((IOperation?)null, (IOperation?)null),
        };
        if (list is null || (index is not null && index.ConstantValue is not { HasValue: true, Value: 0 }))
            return null;
        var made = list.Bare();
        if (made is ILocalReferenceOperation local)
        {
            var writes = WritesOf(local, local.Local).Where(w => w is IVariableDeclaratorOperation or ISimpleAssignmentOperation).ToList();
            made = writes.Count == 1 ? ValueOf(writes[0])?.Bare() : null;
        }

        return made is IInvocationOperation { TargetMethod.Name: "Split", Instance: { } split } && IsText(split) ? Text(split, 0) : null;
    }

    private string OfCall(IInvocationOperation call, int depth)
    {
        var arguments = call.Arguments;
        switch (call.TargetMethod.ContainingType?.Name, call.TargetMethod.Name)
        {
            case ("String", "Concat"):
                return string.Concat(ListOf(arguments, 0, depth));
            case ("String", "Join") when arguments.Length > 1:
                return string.Join(Text(arguments[0].Value, depth + 1), ListOf(arguments, 1, depth));
            case ("String", "Format") when arguments.Length > 0:
                return Formatted(Text(arguments[0].Value, depth + 1), ListOf(arguments, 1, depth));
            case ("String", "Trim" or "TrimEnd" or "TrimStart" or "ToLower" or "ToLowerInvariant" or "ToString"
                or "Normalize") when call.Instance is { } instance:
                return Text(instance, depth + 1);
            case ("String", "Replace") when call.Instance is { } instance && arguments.Length >= 2:
                var (text, from) = (Text(instance, depth + 1), Text(arguments[0].Value, depth + 1));
                return from.Length == 0 || from.IndexOf(CommandLine.Unknown) >= 0 ? UnknownText
                    : text.Replace(from, Text(arguments[1].Value, depth + 1));
            case ("Path", "Combine" or "Join"):
                return string.Join("/", ListOf(arguments, 0, depth));
            case ("StringBuilder", "ToString") when call.Instance is { } builder:
                return OfBuilder(builder, depth);
            case ("FormattableString", "Invariant" or "CurrentCulture") when arguments.Length == 1:
                return Text(arguments[0].Value, depth + 1);
        }

        return ReturnedBy(call.TargetMethod) is { } value ? Without(Text(value, depth + 1), UnknownText) : UnknownText;
    }

    // What a method of the same project gives that does nothing else.
    private IOperation? ReturnedBy(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.Length != 1 || method.IsVirtual || method.IsAbstract || method.IsOverride)
            return null;
        var syntax = method.DeclaringSyntaxReferences[0].GetSyntax();
        var value = syntax switch
        {
            MethodDeclarationSyntax { ExpressionBody.Expression: var given } => given,
            MethodDeclarationSyntax { Body.Statements: [ReturnStatementSyntax { Expression: { } given }] } => given,
            LocalFunctionStatementSyntax { ExpressionBody.Expression: var given } => given,
            _ => null,
        };
        return value is null ? null : ModelOf(syntax.SyntaxTree)?.GetOperation(value);
    }

    private List<string> ListOf(IReadOnlyList<IArgumentOperation> arguments, int from, int depth)
    {
        var list = new List<string>();
        foreach (var argument in arguments.Skip(from))
        {
            if (Words(argument.Value, depth + 1) is { } words)
                list.AddRange(words);
            else
                list.Add(Text(argument.Value, depth + 1));
        }

        return list;
    }

    private static string Formatted(string format, List<string> values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] is '{' or '}' && i + 1 < format.Length && format[i + 1] == format[i])
            {
                text.Append(format[i++]);
            }
            else if (format[i] == '{' && format.IndexOf('}', i) is > 0 and var end)
            {
                var hole = format.Substring(i + 1, end - i - 1).Split(',', ':')[0];
                text.Append(int.TryParse(hole, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < values.Count
                    ? values[number] : UnknownText);
                i = end;
            }
            else
            {
                text.Append(format[i]);
            }
        }

        return text.ToString();
    }

    private string OfBuilder(IOperation builder, int depth)
    {
        var text = new StringBuilder();
        if (builder.Bare() is ILocalReferenceOperation local)
        {
            foreach (var write in WritesOf(local, local.Local).Where(w => w.Syntax.SpanStart < builder.Syntax.SpanStart))
            {
                if (write is IInvocationOperation call)
                    Append(call, text, depth);
                else if (ValueOf(write)?.Bare() is { } made)
                    text.Append(OfBuilder(made, depth + 1));
            }
        }
        else if (builder.Bare() is IInvocationOperation { Instance: { } inner } call)
        {
            text.Append(OfBuilder(inner, depth + 1));
            Append(call, text, depth);
        }
        else if (builder.Bare() is IObjectCreationOperation { Arguments: [var start, ..] } && IsText(start.Value))
        {
            text.Append(Text(start.Value, depth + 1));
        }

        return text.ToString();
    }

    private void Append(IInvocationOperation call, StringBuilder text, int depth)
    {
        switch (call.TargetMethod.Name)
        {
            case "Append" or "AppendLine" when call.Arguments.Length > 0:
                text.Append(Text(call.Arguments[0].Value, depth + 1));
                break;
            case "AppendFormat" when call.Arguments.Length > 0:
                text.Append(Formatted(Text(call.Arguments[0].Value, depth + 1), ListOf(call.Arguments, 1, depth)));
                break;
            case "AppendJoin" when call.Arguments.Length > 1:
                text.Append(string.Join(Text(call.Arguments[0].Value, depth + 1), ListOf(call.Arguments, 1, depth)));
                break;
        }
    }

    private List<string>? Words(IOperation operation, int depth)
    {
        if (depth > MaxDepth)
            return null;
        var bare = operation.Bare();
        if (bare.ConstantValue is { HasValue: true, Value: null })
            return [];
        if (bare.Type is null && bare.Syntax is LiteralExpressionSyntax)
            return [];
        if (IsText(bare))
            return null;
        switch (bare)
        {
            case IArrayCreationOperation array:
                return array.Initializer is { } items ? Each(items.ElementValues, depth) : [];
            case IArrayInitializerOperation elements:
                return Each(elements.ElementValues, depth);
            case IObjectCreationOperation made when made.Type is { Name: "List" or "HashSet" or "Queue" or "ArrayList" or "Collection" }:
                var list = made.Arguments.Length > 0 && Words(made.Arguments[0].Value, depth + 1) is { } given ? given : [];
                if (made.Initializer is { } initializer)
                    list.AddRange(Each(initializer.Initializers.OfType<IInvocationOperation>().Select(a => a.Arguments[0].Value), depth));
                return list;
            case ILocalReferenceOperation local:
                return OfListLocal(local, depth);
            case IFieldReferenceOperation field:
                return InitializerOf(field.Field) is { } ofField ? Words(ofField, depth + 1) : null;
            case IPropertyReferenceOperation property:
                return InitializerOf(property.Property) is { } ofProperty ? Words(ofProperty, depth + 1) : null;
            case IParameterReferenceOperation parameter when parameter.Type is IArrayTypeSymbol
                || parameter.Type?.Name is "IEnumerable" or "List"
                or "IReadOnlyList" or "IList" or "ICollection" or "IReadOnlyCollection" or "ReadOnlySpan" or "ImmutableArray":
                return [Text(parameter, depth + 1)];
            case IInvocationOperation call:
                return OfListCall(call, depth);
            // A collection expression has no operation of its own in Roslyn 4.5.
            default:
                return bare.Kind == CollectionExpression || (bare.Syntax is ExpressionSyntax && bare.Syntax.ToString() is ['[', .., ']'])
                    ? Each(bare.ChildOperations, depth) : null;
        }
    }

    private List<string> Each(IEnumerable<IOperation> items, int depth)
    {
        var words = new List<string>();
        foreach (var item in items)
        {
            // ..more
            var isSpread = item.Syntax.ToString().StartsWith("..", StringComparison.Ordinal);
            var value = isSpread ? item.ChildOperations.FirstOrDefault() ?? item : item;
            if (Words(value, depth + 1) is { } list)
                words.AddRange(list);
            else
                words.Add(Text(value, depth + 1));
        }

        return words;
    }

    private List<string>? OfListLocal(ILocalReferenceOperation local, int depth)
    {
        List<string>? words = null;
        foreach (var write in WritesOf(local, local.Local).Where(w => w.Syntax.SpanStart < local.Syntax.SpanStart))
        {
            if (write is IInvocationOperation { Arguments: [var added] } call)
            {
                words ??= [];
                if (call.TargetMethod.Name is "Add" or "Enqueue")
                    words.Add(Text(added.Value, depth + 1));
                else if (call.TargetMethod.Name == "AddRange")
                    words.AddRange(Words(added.Value, depth + 1) ?? [UnknownText]);
            }
            else if (ValueOf(write) is { } value)
            {
                words = Words(value, depth + 1);
            }
        }

        return words;
    }

    private List<string>? OfListCall(IInvocationOperation call, int depth)
    {
        var instance = call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        var last = call.Arguments.Length > 0 ? call.Arguments[call.Arguments.Length - 1].Value : null;
        switch (call.TargetMethod.Name)
        {
            case "Split" when instance is not null && IsText(instance):
                return ArgumentText.Split(Text(instance, depth + 1));
            case "ToArray" or "ToList" or "AsEnumerable" or "ToImmutableArray" or "Cast" when instance is not null:
                return Words(instance, depth + 1);
            case "Create" or "CreateRange" when call.TargetMethod.ContainingType.Name.StartsWith("Immutable", StringComparison.Ordinal):
                return ListOf(call.Arguments, 0, depth);
            case "Concat" or "Union" or "AddRange" when instance is not null && last is not null:
                return Words(instance, depth + 1) is { } head ? [.. head, .. Words(last, depth + 1) ?? [UnknownText]] : null;
            case "Append" when instance is not null && last is not null:
                return Words(instance, depth + 1) is { } before ? [.. before, Text(last, depth + 1)] : null;
            case "Prepend" when instance is not null && last is not null:
                return Words(instance, depth + 1) is { } after ? [Text(last, depth + 1), .. after] : null;
            default:
                return ReturnedBy(call.TargetMethod) is { } value ? Words(value, depth + 1) : null;
        }
    }

    /// <summary>The places of a body where a local gets a value or is added to, in their order.</summary>
    public List<IOperation> WritesOf(IOperation use, ISymbol symbol)
    {
        var root = use;
        while (root.Parent is not null)
            root = root.Parent;
        return _writes.GetValue(root, Collect).TryGetValue(symbol, out var writes) ? writes : [];
    }

    private static Dictionary<ISymbol, List<IOperation>> Collect(IOperation root)
    {
        var writes = new Dictionary<ISymbol, List<IOperation>>(SymbolEqualityComparer.Default);
        void Add(ISymbol? symbol, IOperation write)
        {
            if (symbol is null)
                return;
            if (!writes.TryGetValue(symbol, out var list))
                writes[symbol] = list = [];
            list.Add(write);
        }

        foreach (var operation in root.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when ValueOf(declarator) is not null:
                    Add(declarator.Symbol, declarator);
                    break;
                case IAssignmentOperation assignment:
                    Add(RootOf(assignment.Target), assignment);
                    break;
                case IInvocationOperation { Instance: { } instance } call:
                    Add(RootOf(instance), call);
                    break;
                case IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [var extended, ..] } call:
                    Add(RootOf(extended.Value), call);
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                    Add(RootOf(argument.Value), argument);
                    break;
            }
        }

        foreach (var list in writes.Values)
            list.Sort((a, b) => a.Syntax.Span.End.CompareTo(b.Syntax.Span.End));
        return writes;
    }

    /// <summary>The local, field or parameter that a chain of members and calls begins with.</summary>
    public static ISymbol? RootOf(IOperation operation)
    {
        for (var at = operation.Bare(); ;)
        {
            switch (at)
            {
                case ILocalReferenceOperation local:
                    return local.Local;
                case IParameterReferenceOperation parameter:
                    return parameter.Parameter;
                case IPropertyReferenceOperation { Instance: { } instance } when instance is not IInstanceReferenceOperation:
                    at = instance.Bare();
                    break;
                case IInvocationOperation { Instance: { } instance } when instance is not IInstanceReferenceOperation:
                    at = instance.Bare();
                    break;
                case IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [var extended, ..] }:
                    at = extended.Value.Bare();
                    break;
                case IFieldReferenceOperation { Instance: { } instance } when instance is not IInstanceReferenceOperation:
                    at = instance.Bare();
                    break;
                case IFieldReferenceOperation field:
                    return field.Field;
                case IPropertyReferenceOperation property:
                    return property.Property;
                case IConditionalAccessInstanceOperation access:
                    // Of a?.B()?.C the receiver of B stands in what the second ? asks of, and is what the first one asks of.
                    IOperation child = access;
                    var conditional = access.Parent;
                    while (conditional is not null
                        && !(conditional is IConditionalAccessOperation one && ReferenceEquals(one.WhenNotNull, child)))
                        (child, conditional) = (conditional, conditional.Parent);
                    if (conditional is not IConditionalAccessOperation found)
                        return null;
                    at = found.Operation.Bare();
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>The model of a tree, for values that stand elsewhere in the project.</summary>
#pragma warning disable RS1030 // A value's declaration may stand in any file; what is asked of it is small and asked once.
    public SemanticModel? ModelOf(SyntaxTree tree) => compilation.ContainsSyntaxTree(tree) ? compilation.GetSemanticModel(tree) : null;
#pragma warning restore RS1030
}
