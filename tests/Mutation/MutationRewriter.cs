using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Repave.Mutation;

/// <summary>Writes a file anew with every mutant in it as a switch (<c>Mutants.Is(n)</c>), so that all are compiled at once. What it writes
/// begins and ends with the trivia of what it replaces, and has the same lines.</summary>
/// <param name="model">The meaning of the file.</param>
/// <param name="file">The file's path, for the mutants.</param>
/// <param name="scope">What is mutated.</param>
/// <param name="add">Takes a mutant; null if it is not wanted.</param>
internal sealed class MutationRewriter(SemanticModel model, string file, MutationScope scope, Func<Mutant, int?> add)
{
    private const int LongestShown = 70;

    private int _fresh;

    /// <summary>The file with its mutants.</summary>
    public string Rewrite() => Of(model.SyntaxTree.GetRoot());

    private string Of(SyntaxNode node)
    {
        if (scope.LeavesOut(node, model))
            return node.ToFullString();
        if (node is ExpressionSyntax expression && IsRootCondition(expression))
            return Wrapped(node, Forced(expression, CoreOf(node), canBeTrue: true, canBeFalse: true));
        return Wrapped(node, CoreOf(node));
    }

    private static string Wrapped(SyntaxNode node, string core) =>
        node.GetLeadingTrivia().ToFullString() + core + node.GetTrailingTrivia().ToFullString();

    // The code of a node with mutants, without the trivia around it.
    private string CoreOf(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary => OfBinary(binary),
        IsPatternExpressionSyntax test => OfTest(test),
        LiteralExpressionSyntax literal => OfLiteral(literal),
        InvocationExpressionSyntax call => OfCall(call),
        SwitchExpressionSyntax choice => OfSwitch(choice),
        SwitchLabelSyntax label => OfLabel(label),
        FieldDeclarationSyntax field => OfField(field),
        PropertyDeclarationSyntax { Initializer: not null } property => OfProperty(property),
        StatementSyntax statement when Jumps(statement) => OfJump(statement),
        _ => Children(node),
    };

    private string Children(SyntaxNode node)
    {
        var text = new StringBuilder();
        foreach (var child in node.ChildNodesAndTokens())
            text.Append(child.IsNode ? Of(child.AsNode()!) : child.AsToken().ToFullString());
        return Trimmed(node, text.ToString());
    }

    private static string Trimmed(SyntaxNode node, string full) =>
        full[node.GetLeadingTrivia().ToFullString().Length..^node.GetTrailingTrivia().ToFullString().Length];

    private string? Switch(SyntaxNode original, string change)
    {
        var line = original.SyntaxTree.GetLineSpan(original.Span).StartLinePosition.Line + 1;
        var id = add(new Mutant(-1, file, line, Shown(original.ToString()), change));
        return id is { } number ? $"global::Repave.Mutation.Mutants.Is({number})" : null;
    }

    private static string Shown(string code)
    {
        var words = string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= LongestShown ? words : words[..LongestShown] + "…";
    }

    // ---- conditions

    private bool IsRootCondition(ExpressionSyntax expression)
    {
        if (expression is LiteralExpressionSyntax or ParenthesizedExpressionSyntax or AssignmentExpressionSyntax
            or DeclarationExpressionSyntax or TypeSyntax and not SimpleNameSyntax)
            return false;
        if (expression is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } or IsPatternExpressionSyntax
            or BinaryExpressionSyntax)
        {
            // Operators are conditions wherever they stand.
        }
        else if (model.GetSymbolInfo(expression).Symbol is null or ITypeSymbol or INamespaceSymbol)
        {
            return false;
        }

        if (model.GetTypeInfo(expression).Type?.SpecialType != SpecialType.System_Boolean || model.GetConstantValue(expression).HasValue)
            return false;
        var at = (SyntaxNode)expression;
        while (at.Parent is ParenthesizedExpressionSyntax)
            at = at.Parent;
        return IsPlace(expression) && !(at.Parent is PrefixUnaryExpressionSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression });
    }

    // Whether an expression can be put into parentheses where it stands.
    private static bool IsPlace(ExpressionSyntax expression)
    {
        var first = expression.GetFirstToken();
        if (first.IsKind(SyntaxKind.DotToken) || first.Parent is BracketedArgumentListSyntax { Parent: ElementBindingExpressionSyntax })
            return false;
        return expression.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Name != expression,
            MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or ExpressionColonSyntax or ExpressionStatementSyntax
                or ConstantPatternSyntax => false,
            InvocationExpressionSyntax call => call.Expression != expression,
            AssignmentExpressionSyntax assignment => assignment.Left != expression,
            ArgumentSyntax argument => argument.RefOrOutKeyword.IsKind(SyntaxKind.None),
            LambdaExpressionSyntax or ArrowExpressionClauseSyntax or _ when expression is AssignmentExpressionSyntax => false,
            _ => true,
        };
    }

    // Adds the mutants "always" and "never" to a condition. Variables that it declares must stay assigned where they were.
    private string Forced(ExpressionSyntax expression, string core, bool canBeTrue, bool canBeFalse)
    {
        var (whenTrue, whenFalse) = Assigns(expression);
        if (canBeFalse && !whenFalse && Switch(expression, "false") is { } never)
            core = $"({core} && !{never})";
        if (canBeTrue && !whenTrue && Switch(expression, "true") is { } always)
            core = $"({core} || {always})";
        return core;
    }

    // Whether an expression assigns variables when it is true, and when it is false.
    private static (bool WhenTrue, bool WhenFalse) Assigns(SyntaxNode node)
    {
        switch (node)
        {
            case ParenthesizedExpressionSyntax inner:
                return Assigns(inner.Expression);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                var (t, f) = Assigns(not.Operand);
                return (f, t);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both:
                var (left, right) = (Assigns(both.Left), Assigns(both.Right));
                return (left.WhenTrue || right.WhenTrue, left.WhenFalse || right.WhenFalse);
            case IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax not } test:
                return (Declares(test.Expression), Declares(not) || Declares(test.Expression));
            case IsPatternExpressionSyntax test:
                return (Declares(test), Declares(test.Expression));
            default:
                // A call that gives its results out gives them when it succeeds.
                return (Declares(node), false);
        }
    }

    private static bool Declares(SyntaxNode node) =>
        node.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax).Any(n => n is SingleVariableDesignationSyntax);

    // ---- operators

    private string OfBinary(BinaryExpressionSyntax binary)
    {
        switch (binary.Kind())
        {
            case SyntaxKind.LogicalAndExpression:
                return Operands(binary, canBeTrue: true);
            case SyntaxKind.LogicalOrExpression:
                return Operands(binary, canBeTrue: false);
            case SyntaxKind.CoalesceExpression when !Declares(binary.Left) && Switch(binary, "?? right side") is { } none:
                return Trimmed(binary, Wrapped(binary.Left, $"({none} ? null : {Core(binary.Left)})")
                    + binary.OperatorToken.ToFullString() + Of(binary.Right));
            case SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression
                or SyntaxKind.GreaterThanOrEqualExpression when !Declares(binary):
                var bound = binary.OperatorToken.Text.Length == 1 ? binary.OperatorToken.Text + "=" : binary.OperatorToken.Text[..1];
                var core = Children(binary);
                return Switch(binary, bound) is { } moved ? $"({moved} ? {binary.Left} {bound} {binary.Right} : {core})" : core;
            default:
                return Children(binary);
        }
    }

    private string Operands(BinaryExpressionSyntax binary, bool canBeTrue)
    {
        var left = IsSame(binary, binary.Left) ? Of(binary.Left) : Operand(binary.Left, canBeTrue);
        var right = IsSame(binary, binary.Right) ? Of(binary.Right) : Operand(binary.Right, canBeTrue);
        return Trimmed(binary, left + binary.OperatorToken.ToFullString() + right);
    }

    private string Operand(ExpressionSyntax operand, bool canBeTrue) =>
        Wrapped(operand, Forced(operand, Core(operand), canBeTrue, !canBeTrue));

    private static bool IsSame(BinaryExpressionSyntax binary, ExpressionSyntax operand) => operand.IsKind(binary.Kind());

    private string Core(SyntaxNode node) => Trimmed(node, Of(node));

    // ---- patterns

    // A pattern with constants becomes conditions, each of which can be mutated: x is { Kind: "a" or "b" } v reads x is { } v && (v.Kind
    // is "a" || …).
    private string OfTest(IsPatternExpressionSyntax test)
    {
        if (IsPlain(test.Pattern))
            return Children(test);
        var value = Core(test.Expression);
        if (test.Expression is IdentifierNameSyntax)
            return $"({OfPattern(value, test.Pattern)})";
        var name = $"mutated{_fresh++}";
        return $"({value} is var {name} && {OfPattern(name, test.Pattern)})";
    }

    private static bool IsPlain(PatternSyntax pattern) => pattern switch
    {
        BinaryPatternSyntax or RelationalPatternSyntax => false,
        RecursivePatternSyntax { PropertyPatternClause.Subpatterns.Count: > 0, PositionalPatternClause: null } => false,
        UnaryPatternSyntax not => IsPlain(not.Pattern),
        ParenthesizedPatternSyntax inner => IsPlain(inner.Pattern),
        _ => true,
    };

    private string OfPattern(string value, PatternSyntax pattern)
    {
        switch (pattern)
        {
            case ParenthesizedPatternSyntax inner:
                return $"({OfPattern(value, inner.Pattern)})";
            case UnaryPatternSyntax not when !IsPlain(not.Pattern):
                return $"!({OfPattern(value, not.Pattern)})";
            case BinaryPatternSyntax both:
                var isOr = both.IsKind(SyntaxKind.OrPattern);
                return $"({Part(value, both.Left, isOr)} {(isOr ? "||" : "&&")} {Part(value, both.Right, isOr)})";
            case RecursivePatternSyntax { PositionalPatternClause: null, PropertyPatternClause: { } properties } recursive
                when properties.Subpatterns.Count > 0:
                var name = recursive.Designation is SingleVariableDesignationSyntax named ? named.Identifier.Text : $"mutated{_fresh++}";
                var text = new StringBuilder($"{value} is {recursive.Type?.ToString() ?? "{ }"} {name}");
                foreach (var part in properties.Subpatterns)
                {
                    text.Append(" && ").Append(Part($"{name}.{PathOf(part.ExpressionColon!.Expression)}", part.Pattern, isOr: false));
                }

                return text.ToString();
            case RelationalPatternSyntax relation:
                var sign = relation.OperatorToken.Text;
                var other = sign.Length == 1 ? sign + "=" : sign[..1];
                return Switch(relation, $"{other} {relation.Expression}") is { } moved
                    ? $"({moved} ? {value} is {other} {relation.Expression} : {value} is {relation})"
                    : $"{value} is {relation}";
            default:
                return $"{value} is {pattern}";
        }
    }

    // A pattern's path goes on only where there is something.
    private string PathOf(ExpressionSyntax path) => path is MemberAccessExpressionSyntax access
        ? $"{PathOf(access.Expression)}{(TypeOf(access.Expression) is { IsValueType: true } ? "" : "?")}.{access.Name}"
        : path.ToString();

    private ITypeSymbol? TypeOf(ExpressionSyntax member) => model.GetSymbolInfo(member).Symbol switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };

    // A part of a pattern that may be left out: of alternatives the one is never met, of demands the one always.
    private string Part(string value, PatternSyntax pattern, bool isOr)
    {
        var simple = value.All(c => char.IsLetterOrDigit(c) || c == '_') || IsPlain(pattern);
        var core = simple ? OfPattern(value, pattern) : Held(value, pattern);
        if (pattern is BinaryPatternSyntax both && both.IsKind(SyntaxKind.OrPattern) == isOr && pattern.Parent is BinaryPatternSyntax)
            return core;
        var declares = Declares(pattern);
        if (isOr)
            return !declares && Switch(pattern, "never") is { } never ? $"({core} && !{never})" : core;
        return !declares && Switch(pattern, "left out") is { } always ? $"({core} || {always})" : core;
    }

    private string Held(string value, PatternSyntax pattern)
    {
        var name = $"mutated{_fresh++}";
        return $"({value} is var {name} && {OfPattern(name, pattern)})";
    }

    // ---- literals

    private string OfLiteral(LiteralExpressionSyntax literal)
    {
        switch (literal.Kind())
        {
            case SyntaxKind.TrueLiteralExpression:
                return Switch(literal, "false") is { } no ? $"({no} ? false : true)" : literal.Token.Text;
            case SyntaxKind.FalseLiteralExpression:
                return Switch(literal, "true") is { } yes ? $"({yes} ? true : false)" : literal.Token.Text;
            case SyntaxKind.NumericLiteralExpression when literal.Token.Value is int or long:
                var text = literal.Token.Text;
                var (more, less) = (Switch(literal, "+ 1"), Switch(literal, "- 1"));
                return more is null || less is null ? text : $"({more} ? {text} + 1 : {less} ? {text} - 1 : {text})";
            case SyntaxKind.CharacterLiteralExpression:
                return Switch(literal, "another character") is { } character
                    ? $"({character} ? '\\u0001' : {literal.Token.Text})"
                    : literal.Token.Text;
            case SyntaxKind.StringLiteralExpression:
                return OfText(literal);
            default:
                return literal.Token.Text;
        }
    }

    private string OfText(LiteralExpressionSyntax literal)
    {
        var isPattern = scope.IsRegularExpression(literal, model);
        var core = literal.Token.Text;
        foreach (var (change, text) in isPattern ? Patterns(literal.Token.ValueText) : [])
        {
            if (Switch(literal, change) is { } id)
                core = $"({id} ? {SymbolDisplay.FormatLiteral(text, quote: true)} : {core})";
        }

        var (said, instead) = isPattern ? ("never matches", "\"(?!)\"") : ("another text", "\"\\u0001\"");
        return Switch(literal, said) is { } other ? $"({other} ? {instead} : {core})" : core;
    }

    /// <summary>A regular expression without one of its alternatives or of what it looks at ahead.</summary>
    internal static IEnumerable<(string Change, string Text)> Patterns(string pattern)
    {
        var stack = new Stack<(int Open, List<int> Bars)>([(-1, [])]);
        var inSet = false;
        for (var i = 0; i <= pattern.Length; i++)
        {
            var c = i < pattern.Length ? pattern[i] : ')';
            if (c == '\\' && i < pattern.Length)
                i++;
            else if (inSet)
                inSet = c != ']';
            else if (c == '[')
                inSet = true;
            else if (c == '(')
                stack.Push((i, []));
            else if (c == '|')
                stack.Peek().Bars.Add(i);
            else if (c == ')')
            {
                var (open, bars) = stack.Pop();
                var start = open + 1;
                var isMarked = open >= 0 && start < pattern.Length && pattern[start] == '?';
                var head = isMarked ? pattern.IndexOfAny([':', '=', '!'], start) + 1 : start;
                if (head > start && pattern[head - 1] is '=' or '!')
                    yield return ($"without {Shown(pattern[open..(i + 1)])}", pattern.Remove(open, i + 1 - open));
                if (bars.Count == 0)
                    continue;
                List<int> cuts = [head - 1, .. bars, i];
                for (var part = 0; part + 1 < cuts.Count; part++)
                {
                    var (from, to) = (cuts[part] + 1, cuts[part + 1]);
                    // With the bar before it, or after it if it is the first.
                    var without = part == 0 ? pattern.Remove(from, to + 1 - from) : pattern.Remove(from - 1, to - from + 1);
                    yield return ($"without {Shown(pattern[from..to])} in {pattern[..Math.Max(open, 0)].Length}", without);
                }
            }
        }
    }

    // ---- calls

    private static readonly Dictionary<string, string> Opposites = new()
    {
        ["Any"] = "All",
        ["All"] = "Any",
        ["Exists"] = "TrueForAll",
        ["TrueForAll"] = "Exists",
    };

    private string OfCall(InvocationExpressionSyntax call)
    {
        var core = Children(call);
        if (call.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access
            && Opposites.TryGetValue(name.Identifier.Text, out var opposite)
            && call.ArgumentList.Arguments.Count == 1 && IsPlace(call) && !Declares(call) && Switch(call, opposite) is { } id)
            return $"({id} ? {access.Expression}.{opposite}{call.ArgumentList} : {core})";
        return core;
    }

    // ---- arms

    private string OfSwitch(SwitchExpressionSyntax choice)
    {
        var text = new StringBuilder(Of(choice.GoverningExpression))
            .Append(choice.SwitchKeyword.ToFullString())
            .Append(choice.OpenBraceToken.ToFullString());
        foreach (var arm in choice.Arms)
        {
            var result = Of(arm.Expression);
            var condition = arm.WhenClause is { } when ? $"({Core(when.Condition)})" : null;
            if (arm.Pattern is DiscardPatternSyntax && condition is null)
            {
                text.Append("_ => ").Append(result).Append(",\n");
                continue;
            }

            foreach (var pattern in Alternatives(arm.Pattern))
            {
                var id = Switch(arm.Pattern, pattern == arm.Pattern.ToString() ? "arm removed" : $"arm without {pattern}");
                var guard = string.Join(" && ", new[] { condition, id is null ? null : "!" + id }.OfType<string>());
                text.Append(pattern).Append(guard.Length == 0 ? "" : $" when {guard}").Append(" => ").Append(result).Append(",\n");
            }
        }

        return Trimmed(choice, text.ToString() + choice.CloseBraceToken.ToFullString());
    }

    private static IEnumerable<string> Alternatives(PatternSyntax pattern) => pattern switch
    {
        ParenthesizedPatternSyntax inner => Alternatives(inner.Pattern),
        BinaryPatternSyntax { RawKind: (int)SyntaxKind.OrPattern } or => Alternatives(or.Left).Concat(Alternatives(or.Right)),
        RecursivePatternSyntax { PositionalPatternClause: { } tuple, PropertyPatternClause: null, Designation: null, Type: null } =>
            tuple.Subpatterns.Aggregate(Enumerable.Repeat("", 1), (all, part) =>
                all.SelectMany(one => Alternatives(part.Pattern).Select(p => one.Length == 0 ? p : $"{one}, {p}"))).Select(p => $"({p})"),
        _ => [pattern.ToString()],
    };

    private string OfLabel(SwitchLabelSyntax label)
    {
        var pattern = label switch
        {
            CaseSwitchLabelSyntax constant => constant.Value.ToString(),
            CasePatternSwitchLabelSyntax { WhenClause: null } matched => matched.Pattern.ToString(),
            _ => null,
        };
        return pattern is not null && Switch(label, "removed") is { } id
            ? $"case {pattern} when !{id}:"
            : Trimmed(label, label.ToFullString());
    }

    // ---- declarations: what is computed once is computed anew, so that its mutants can be switched

    private string OfField(FieldDeclarationSyntax field)
    {
        if (!field.Modifiers.Any(SyntaxKind.StaticKeyword) || !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
            || field.Declaration.Variables is not [{ Initializer: { } value } variable] || !HoldsLiterals(value))
            return Children(field);
        var modifiers = string.Join(' ', field.Modifiers.Where(m => !m.IsKind(SyntaxKind.ReadOnlyKeyword)).Select(m => m.Text));
        return $"{modifiers} {field.Declaration.Type} {variable.Identifier.Text} => {Of(value.Value)};";
    }

    // A list of names can be made anew; what is filled later cannot.
    private static bool HoldsLiterals(SyntaxNode value) => value.DescendantNodes().OfType<LiteralExpressionSyntax>().Any();

    private string OfProperty(PropertyDeclarationSyntax property)
    {
        if (property.AccessorList is not { Accessors: [{ RawKind: (int)SyntaxKind.GetAccessorDeclaration }] }
            || !HoldsLiterals(property.Initializer!))
            return Children(property);
        var modifiers = string.Join(' ', property.Modifiers.Select(m => m.Text));
        return $"{modifiers} {property.Type} {property.Identifier.Text} => {Of(property.Initializer!.Value)};";
    }

    // ---- statements

    // Jumps that are no guard by themselves: the condition of a guard is mutated instead.
    private static bool Jumps(StatementSyntax statement) =>
        statement is ContinueStatementSyntax or BreakStatementSyntax { Parent: not SwitchSectionSyntax }
            or ReturnStatementSyntax { Expression: null } or YieldStatementSyntax { Expression: null }
        && statement.Parent is BlockSyntax { Statements.Count: > 1 } block
            && !(block.Parent is IfStatementSyntax guard && Assigns(guard.Condition).WhenFalse);

    private string OfJump(StatementSyntax statement) =>
        (Switch(statement, "removed") is { } id ? $"if (!{id}) " : "") + Trimmed(statement, statement.ToFullString());
}
