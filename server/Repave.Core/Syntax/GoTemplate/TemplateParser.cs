using System.Globalization;

namespace Repave.Core.Syntax.GoTemplate;

/// <summary>Parses templates as Go's text/template does, with its messages.</summary>
internal sealed class TemplateParser
{
    // Deeper nesting than anybody writes; what recurses here must not end the process.
    private const int MaxDepth = 500;

    private readonly string _name;
    private readonly string _text;
    private readonly object? _source;
    private readonly Func<string, bool> _isFunction;
    private readonly TemplateLexer _lexer;
    private readonly List<TemplateTree> _trees = [];
    private readonly Stack<TemplateToken> _pushed = new();
    private readonly LineStarts _lines;
    private TemplateToken _latest;
    private int _actionLine;
    private List<string> _variables = ["$"];
    private int _rangeDepth;
    private int _depth;
    private TemplateTree _tree;

    private TemplateParser(string name, string text, object? source, Func<string, bool> isFunction)
    {
        (_name, _text, _source, _isFunction) = (name, text, source, isFunction);
        _lexer = new TemplateLexer(text);
        _lines = new LineStarts(text);
        _tree = new TemplateTree(name, name, text, source);
    }

    /// <summary>The templates of a text: those that it defines, and itself last.</summary>
    /// <param name="name">The text's name.</param>
    /// <param name="text">The text.</param>
    /// <param name="source">What its trees are to be known by.</param>
    /// <param name="isFunction">Whether there is a function of a name.</param>
    /// <exception cref="TemplateSyntaxException">Go cannot parse it.</exception>
    public static IReadOnlyList<TemplateTree> Parse(string name, string text, object? source, Func<string, bool> isFunction)
    {
        var parser = new TemplateParser(name, text, source, isFunction);
        parser.ParseAll();
        return parser._trees;
    }

    private void ParseAll()
    {
        var root = new TemplateList(_tree, 0);
        while (Peek().Kind != TemplateTokenKind.End)
        {
            if (Peek().Kind == TemplateTokenKind.LeftDelimiter)
            {
                var delimiter = Next();
                var word = NextNonSpace();
                if (word.Kind == TemplateTokenKind.Define)
                {
                    _actionLine = LineOf(delimiter.Start);
                    Definition();
                    continue;
                }

                Push(word);
                Push(delimiter);
            }

            var node = TextOrAction();
            if (node is TemplateWord { Word: TemplateTokenKind.EndWord or TemplateTokenKind.Else })
                throw Error($"unexpected {node}");
            root.Nodes.Add(node);
        }

        _tree.Root = root;
        Add(_tree);
    }

    private void Add(TemplateTree tree)
    {
        var known = _trees.FindIndex(other => other.Name == tree.Name);
        if (known < 0)
        {
            _trees.Add(tree);
        }
        else if (_trees[known].IsEmpty)
        {
            _trees.RemoveAt(known);
            _trees.Add(tree);
        }
        else if (!tree.IsEmpty)
        {
            throw Error($"template: multiple definition of template {GoQuoting.Quote(tree.Name)}");
        }
    }

    private void Definition()
    {
        const string context = "define clause";
        var token = NextNonSpace();
        if (token.Kind is not (TemplateTokenKind.String or TemplateTokenKind.RawString))
            throw Unexpected(token, context);
        var name = GoQuoting.Unquote(token.Text) ?? throw Error("invalid syntax");
        Expect(TemplateTokenKind.RightDelimiter, context);
        InTree(name, () =>
        {
            var (list, end) = ItemList();
            if (end.Word != TemplateTokenKind.EndWord)
                throw Error($"unexpected {end} in {context}");
            return list;
        });
    }

    private void InTree(string name, Func<TemplateList> read)
    {
        var (outer, variables, ranges) = (_tree, _variables, _rangeDepth);
        _tree = new TemplateTree(name, _name, _text, _source);
        (_variables, _rangeDepth) = (["$"], 0);
        _tree.Root = read();
        Add(_tree);
        (_tree, _variables, _rangeDepth) = (outer, variables, ranges);
    }

    private (TemplateList List, TemplateWord End) ItemList()
    {
        var list = new TemplateList(_tree, PeekNonSpace().Start);
        while (PeekNonSpace().Kind != TemplateTokenKind.End)
        {
            var node = TextOrAction();
            if (node is TemplateWord { Word: TemplateTokenKind.EndWord or TemplateTokenKind.Else } word)
                return (list, word);
            list.Nodes.Add(node);
        }

        throw Error("unexpected EOF");
    }

    private TemplateNode TextOrAction()
    {
        var token = NextNonSpace();
        switch (token.Kind)
        {
            case TemplateTokenKind.Text:
                return new TemplateTextNode(_tree, token.Start, token.Text) { End = token.Start + token.Text.Length };
            case TemplateTokenKind.LeftDelimiter:
                _actionLine = LineOf(token.Start);
                if (++_depth > MaxDepth)
                    throw Error("templates are nested too deeply");
                var node = Action();
                _depth--;
                if (node is not TemplateBranch && node.End == 0)
                    node.End = Math.Min(_text.Length, _latest.Start + _latest.Text.Length);
                _actionLine = 0;
                return node;
            default:
                throw Unexpected(token, "input");
        }
    }

    private TemplateNode Action()
    {
        var token = NextNonSpace();
        switch (token.Kind)
        {
            case TemplateTokenKind.Block:
                return Block();
            case TemplateTokenKind.Break or TemplateTokenKind.Continue:
                var word = token.Text;
                var after = NextNonSpace();
                if (after.Kind != TemplateTokenKind.RightDelimiter)
                    throw Unexpected(after, "{{" + word + "}}");
                if (_rangeDepth == 0)
                    throw Error("{{" + word + "}} outside {{range}}");
                return new TemplateWord(_tree, token.Start, token.Kind);
            case TemplateTokenKind.Else:
                return Else();
            case TemplateTokenKind.EndWord:
                return new TemplateWord(_tree, Expect(TemplateTokenKind.RightDelimiter, "end").Start, TemplateTokenKind.EndWord);
            case TemplateTokenKind.If or TemplateTokenKind.Range or TemplateTokenKind.With:
                return Control(token.Kind);
            case TemplateTokenKind.Template:
                return Call();
        }

        Push(token);
        var first = Peek();
        return new TemplateAction(_tree, first.Start, Pipeline("command", TemplateTokenKind.RightDelimiter));
    }

    private TemplateWord Else()
    {
        var next = PeekNonSpace();
        if (next.Kind is TemplateTokenKind.If or TemplateTokenKind.With)
            return new TemplateWord(_tree, next.Start, TemplateTokenKind.Else);
        return new TemplateWord(_tree, Expect(TemplateTokenKind.RightDelimiter, "else").Start, TemplateTokenKind.Else);
    }

    private TemplateBranch Control(TemplateTokenKind word)
    {
        var variables = _variables.Count;
        var context = word.ToString().ToLowerInvariant();
        var pipe = Pipeline(context, TemplateTokenKind.RightDelimiter);
        pipe.End = Math.Min(_text.Length, _latest.Start + _latest.Text.Length);
        if (word == TemplateTokenKind.Range)
            _rangeDepth++;
        var (list, next) = ItemList();
        if (word == TemplateTokenKind.Range)
            _rangeDepth--;
        TemplateList? otherwise = null;
        if (next.Word == TemplateTokenKind.Else)
        {
            // "else if" is an "if" in the "else" that needs no "end" of its own.
            if (word != TemplateTokenKind.Range && Peek().Kind == word)
            {
                Next();
                otherwise = new TemplateList(_tree, next.Start);
                if (++_depth > MaxDepth)
                    throw Error("templates are nested too deeply");
                otherwise.Nodes.Add(Control(word));
                _depth--;
            }
            else
            {
                (otherwise, next) = ItemList();
                if (next.Word != TemplateTokenKind.EndWord)
                    throw Error($"expected end; found {next}");
            }
        }

        _variables.RemoveRange(variables, _variables.Count - variables);
        return new TemplateBranch(_tree, pipe.Start, word, pipe, list, otherwise);
    }

    private TemplateCall Block()
    {
        const string context = "block clause";
        var token = NextNonSpace();
        var name = TemplateName(token, context);
        var pipe = Pipeline(context, TemplateTokenKind.RightDelimiter);
        InTree(name, () =>
        {
            var (list, end) = ItemList();
            if (end.Word != TemplateTokenKind.EndWord)
                throw Error($"unexpected {end} in {context}");
            return list;
        });
        return new TemplateCall(_tree, token.Start, name, pipe);
    }

    private TemplateCall Call()
    {
        const string context = "template clause";
        var token = NextNonSpace();
        var name = TemplateName(token, context);
        var next = NextNonSpace();
        if (next.Kind == TemplateTokenKind.RightDelimiter)
            return new TemplateCall(_tree, token.Start, name, null);
        Push(next);
        return new TemplateCall(_tree, token.Start, name, Pipeline(context, TemplateTokenKind.RightDelimiter));
    }

    private string TemplateName(TemplateToken token, string context)
    {
        if (token.Kind is not (TemplateTokenKind.String or TemplateTokenKind.RawString))
            throw Unexpected(token, context);
        return GoQuoting.Unquote(token.Text) ?? throw Error("invalid syntax");
    }

    private TemplatePipe Pipeline(string context, TemplateTokenKind end)
    {
        if (++_depth > MaxDepth)
            throw Error("pipelines are nested too deeply");
        var pipe = new TemplatePipe(_tree, PeekNonSpace().Start);
        while (PeekNonSpace() is { Kind: TemplateTokenKind.Variable } variable)
        {
            Next();
            var after = Peek();
            var next = PeekNonSpace();
            if (next.Kind is TemplateTokenKind.Assign or TemplateTokenKind.Declare)
            {
                pipe.IsAssignment = next.Kind == TemplateTokenKind.Assign;
                NextNonSpace();
                Declare(pipe, variable);
                break;
            }

            if (next is { Kind: TemplateTokenKind.Char, Text: "," })
            {
                NextNonSpace();
                Declare(pipe, variable);
                if (context != "range" || pipe.Variables.Count >= 2)
                    throw Error($"too many declarations in {context}");
                if (PeekNonSpace().Kind is not (TemplateTokenKind.Variable or TemplateTokenKind.RightDelimiter
                    or TemplateTokenKind.RightParenthesis))
                    throw Error("range can only initialize variables");
                continue;
            }

            // An argument, and no declaration.
            if (after.Kind == TemplateTokenKind.Space && _pushed.Peek() != after)
                Push(after);
            Push(variable);
            break;
        }

        while (true)
        {
            var token = NextNonSpace();
            if (token.Kind == end)
            {
                CheckPipeline(pipe, context);
                _depth--;
                return pipe;
            }

            if (!IsOperand(token.Kind))
                throw Unexpected(token, context);
            Push(token);
            pipe.Commands.Add(Command());
        }
    }

    private void Declare(TemplatePipe pipe, TemplateToken variable)
    {
        pipe.Variables.Add(new TemplateVariable(_tree, variable.Start, [variable.Text]));
        _variables.Add(variable.Text);
    }

    private static bool IsOperand(TemplateTokenKind kind) => kind is TemplateTokenKind.Bool or TemplateTokenKind.CharConstant
        or TemplateTokenKind.Complex or TemplateTokenKind.Dot or TemplateTokenKind.Field or TemplateTokenKind.Identifier
        or TemplateTokenKind.Number or TemplateTokenKind.Nil or TemplateTokenKind.RawString or TemplateTokenKind.String
        or TemplateTokenKind.Variable or TemplateTokenKind.LeftParenthesis;

    private void CheckPipeline(TemplatePipe pipe, string context)
    {
        if (pipe.Commands.Count == 0)
            throw Error($"missing value for {context}");
        for (var i = 1; i < pipe.Commands.Count; i++)
        {
            if (pipe.Commands[i].Arguments[0] is TemplateBool or TemplateDot or TemplateNil or TemplateNumber or TemplateString)
                throw Error($"non executable command in pipeline stage {i + 1}");
        }
    }

    private TemplateCommand Command()
    {
        var command = new TemplateCommand(_tree, PeekNonSpace().Start);
        while (true)
        {
            PeekNonSpace();
            if (Operand() is { } operand)
                command.Arguments.Add(operand);
            var token = Next();
            if (token.Kind == TemplateTokenKind.Space)
                continue;
            if (token.Kind is TemplateTokenKind.RightDelimiter or TemplateTokenKind.RightParenthesis)
                Push(token);
            else if (token.Kind != TemplateTokenKind.Pipe)
                throw Unexpected(token, "operand");
            break;
        }

        return command.Arguments.Count == 0 ? throw Error("empty command") : command;
    }

    private TemplateNode? Operand()
    {
        if (Term() is not { } node)
            return null;
        if (Peek().Kind != TemplateTokenKind.Field)
            return node;
        var start = Peek().Start;
        var names = new List<string>();
        while (Peek().Kind == TemplateTokenKind.Field)
            names.Add(Next().Text.Substring(1));
        return node switch
        {
            TemplateField field => new TemplateField(_tree, start, [.. field.Names, .. names]),
            TemplateVariable variable => new TemplateVariable(_tree, start, [.. variable.Names, .. names]),
            TemplateBool or TemplateString or TemplateNumber or TemplateNil or TemplateDot =>
                throw Error($"unexpected . after term {GoQuoting.Quote(node.ToString()!)}"),
            _ => new TemplateChain(_tree, start, node, names),
        };
    }

    private TemplateNode? Term()
    {
        var token = NextNonSpace();
        switch (token.Kind)
        {
            case TemplateTokenKind.Identifier:
                if (!_isFunction(token.Text))
                    throw Error($"function {GoQuoting.Quote(token.Text)} not defined");
                return new TemplateIdentifier(_tree, token.Start, token.Text);
            case TemplateTokenKind.Dot:
                return new TemplateDot(_tree, token.Start);
            case TemplateTokenKind.Nil:
                return new TemplateNil(_tree, token.Start);
            case TemplateTokenKind.Variable:
                return _variables.Contains(token.Text) ? new TemplateVariable(_tree, token.Start, [token.Text])
                    : throw Error($"undefined variable {GoQuoting.Quote(token.Text)}");
            case TemplateTokenKind.Field:
                return new TemplateField(_tree, token.Start, [token.Text.Substring(1)]);
            case TemplateTokenKind.Bool:
                return new TemplateBool(_tree, token.Start, token.Text == "true");
            case TemplateTokenKind.CharConstant or TemplateTokenKind.Complex or TemplateTokenKind.Number:
                return Number(token);
            case TemplateTokenKind.LeftParenthesis:
                return Pipeline("parenthesized pipeline", TemplateTokenKind.RightParenthesis);
            case TemplateTokenKind.String or TemplateTokenKind.RawString:
                return new TemplateString(_tree, token.Start, token.Text, GoQuoting.Unquote(token.Text) ?? throw Error("invalid syntax"));
        }

        Push(token);
        return null;
    }

    private TemplateNumber Number(TemplateToken token)
    {
        if (token.Kind == TemplateTokenKind.CharConstant)
        {
            var inner = GoQuoting.Unquote(token.Text);
            if (inner is null || inner.Length == 0 || inner.Length != (char.IsSurrogatePair(inner, 0) ? 2 : 1))
                throw Error($"malformed character constant: {token.Text}");
            long rune = char.ConvertToUtf32(inner, 0);
            return new TemplateNumber(_tree, token.Start, token.Text, rune, rune);
        }

        var text = token.Text;
        if (GoNumbers.ParseInteger(text) is { } whole)
            return new TemplateNumber(_tree, token.Start, text, whole, whole);
        if (GoNumbers.IsUnsigned(text))
            return new TemplateNumber(_tree, token.Start, text, null, ulong.MaxValue) { IsTooLarge = true };
        if (token.Kind == TemplateTokenKind.Number && GoNumbers.ParseFloat(text) is { } real)
        {
            if (text.IndexOfAny(['.', 'e', 'E', 'p', 'P']) < 0)
                throw Error($"integer overflow: {GoQuoting.Quote(text)}");
            return new TemplateNumber(_tree, token.Start, text,
                real == Math.Floor(real) && Math.Abs(real) < 9.2e18 ? (long)real : null, real);
        }

        throw Error(token.Kind == TemplateTokenKind.Complex || text.EndsWith('i') ? "complex numbers are not supported"
            : string.Format(CultureInfo.InvariantCulture, "illegal number syntax: {0}", GoQuoting.Quote(text)));
    }

    private TemplateToken Next()
    {
        if (_pushed.Count > 0)
            return _pushed.Pop();
        return _latest = _lexer.Next();
    }

    private void Push(TemplateToken token) => _pushed.Push(token);

    private TemplateToken Peek()
    {
        var token = Next();
        Push(token);
        return token;
    }

    private TemplateToken NextNonSpace()
    {
        TemplateToken token;
        do
            token = Next();
        while (token.Kind == TemplateTokenKind.Space);
        return token;
    }

    private TemplateToken PeekNonSpace()
    {
        var token = NextNonSpace();
        Push(token);
        return token;
    }

    private TemplateToken Expect(TemplateTokenKind kind, string context)
    {
        var token = NextNonSpace();
        return token.Kind == kind ? token : throw Unexpected(token, context);
    }

    private int LineOf(int offset) => _lines.LineOf(offset) + 1;

    private TemplateSyntaxException Unexpected(TemplateToken token, string context)
    {
        if (token.Kind != TemplateTokenKind.Error)
            return Error($"unexpected {token} in {context}");
        var extra = _actionLine == 0 || _actionLine == LineOf(token.Start) ? ""
            : (token.Text.EndsWith(" action", StringComparison.Ordinal) ? " started" : " in action started")
                + $" at {_name}:{_actionLine.ToString(CultureInfo.InvariantCulture)}";
        return Error(token.Text + extra);
    }

    private TemplateSyntaxException Error(string problem) =>
        new($"template: {_name}:{LineOf(_latest.Start).ToString(CultureInfo.InvariantCulture)}: {problem}", _latest.Start);
}
