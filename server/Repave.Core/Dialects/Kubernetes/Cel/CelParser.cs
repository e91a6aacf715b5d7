using System.Globalization;
using System.Text;

namespace Repave.Core.Dialects.Kubernetes.Cel;

/// <summary>Reads expressions in the Common Expression Language: their grammar and the names they use, which is what an API server refuses
/// first. Types are not inferred.</summary>
internal sealed class CelParser
{
    // What an API server takes: no expression is longer, none nests deeper.
    private const int MaxLength = 100_000;
    private const int MaxDepth = 200;
    private const int MaxTreeDepth = 250;

    private static readonly HashSet<string> Macros = new(StringComparer.Ordinal)
    {
        "all",
        "exists",
        "exists_one",
        "map",
        "filter",
        "bind",
        "transformList",
        "transformMap",
        "existsOne",
        "sortBy",
    };

    // What may stand alone as a name: the language's types and namespaces, and the variables that Kubernetes gives some expression.
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "object", "oldObject", "request", "params", "namespaceObject", "authorizer", "variables", "device", "self",
        "oldSelf", "user", "claims",
        "int", "uint", "double", "bool", "string", "bytes", "list", "map", "type", "null_type", "timestamp", "duration",
        "dyn", "optional", "cel",
        "math", "strings", "sets", "lists", "quantity", "ip", "cidr", "semver", "format", "url", "has", "size", "matches", "isURL", "isIP",
        "isCIDR", "isQuantity", "isSemver",
        "json", "JSONPatch", "Object", "jsonpatch", "google", "optional_type", "apiGroups", "resource", "block", "hash",
    };

    // Without the variables of admission and of devices.
    private static readonly HashSet<string> NamesOfResources =
        new(Names.Except(["object", "oldObject", "request", "params", "authorizer", "device", "variables", "namespaceObject"]),
            StringComparer.Ordinal);

    private readonly string _text;
    private readonly HashSet<string> _bound;
    private readonly HashSet<string> _allowed;
    private int _at;
    private int _depth;
    private string? _error;

    private CelParser(string text, IEnumerable<string>? variables)
    {
        _text = text;
        _bound = new HashSet<string>(variables ?? [], StringComparer.Ordinal);
        _allowed = variables is null ? Names : NamesOfResources;
    }

    /// <summary>What is wrong with an expression, or null. Without <paramref name="variables"/> every variable of admission and device
    /// expressions is known.</summary>
    public static string? Check(string expression, IReadOnlyList<string>? variables = null)
    {
        Parse(expression, variables, out var error);
        return error;
    }

    /// <summary>Reads an expression; null if it is wrong, and why.</summary>
    public static CelNode? Parse(string expression, IReadOnlyList<string>? variables, out string? error)
    {
        error = "an expression is demanded";
        if (string.IsNullOrWhiteSpace(expression))
            return null;
        if (expression.Length > MaxLength)
        {
            error = $"it is longer than {MaxLength} characters, and an API server reads no expression that long";
            return null;
        }

        var parser = new CelParser(expression, variables);
        var node = parser.Conditional();
        if (node is not null)
        {
            parser.SkipSpace();
            if (parser._at < expression.Length)
                parser.Fail($"'{expression[parser._at]}' was not expected");
        }

        error = parser._error is null ? null : "it is not a valid CEL expression: " + parser._error;
        return error is null ? node : null;
    }

    private CelNode? Fail(string reason)
    {
        _error ??= $"{reason} at character {_at + 1}";
        return null;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]))
                _at++;
            else if (string.CompareOrdinal(_text, _at, "//", 0, 2) == 0)
                _at = _text.IndexOf('\n', _at) is var end && end < 0 ? _text.Length : end;
            else
                break;
        }
    }

    private bool Take(string token)
    {
        SkipSpace();
        if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0)
            return false;
        _at += token.Length;
        return true;
    }

    private bool Expect(string token)
    {
        if (Take(token))
            return true;
        Fail($"'{token}' was expected");
        return false;
    }

    private CelNode? Conditional()
    {
        if (++_depth > MaxDepth)
            return Fail("the expression nests too deep");
        var node = Binary(0);
        if (node is not null && Take("?"))
            node = Binary(0) is { } then && Expect(":") && Conditional() is { } otherwise
                ? Bounded(new CelConditional(node, then, otherwise))
                : null;
        _depth--;
        return node;
    }

    private static readonly string[][] Operators = [["||"], ["&&"], ["==", "!=", "<=", ">=", "<", ">", "in"], ["+", "-"], ["*", "/", "%"]];

    private CelNode? Binary(int level)
    {
        if (level == Operators.Length)
            return Unary();
        if (level < 2)
            return Logic(level);
        var left = Binary(level + 1);
        while (left is not null && TakeOperator(Operators[level]) is { } sign)
            left = Binary(level + 1) is { } right ? Bounded(new CelBinary(sign, left, right)) : null;
        return left;
    }

    private CelNode? Logic(int level)
    {
        if (Binary(level + 1) is not { } first)
            return null;
        List<CelNode>? operands = null;
        while (TakeOperator(Operators[level]) is not null)
        {
            if (Binary(level + 1) is not { } next)
                return null;
            (operands ??= [first]).Add(next);
        }

        return operands is null ? first : Bounded(new CelLogic(level == 0, operands));
    }

    // What is evaluated step by step must not be deeper than there are steps on a stack.
    private CelNode? Bounded(CelNode node) => node.Depth <= MaxTreeDepth ? node : Fail("the expression nests too deep");

    private string? TakeOperator(string[] operators)
    {
        SkipSpace();
        foreach (var token in operators)
        {
            if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0)
                continue;
            if (token == "in" && _at + 2 < _text.Length && IsNamePart(_text[_at + 2]))
                continue;
            _at += token.Length;
            return token;
        }

        return null;
    }

    private CelNode? Unary()
    {
        var signs = new Stack<char>();
        while (Take("!") || Take("-"))
            signs.Push(_text[_at - 1]);
        var node = Primary();
        while (node is not null)
        {
            if (Take("."))
            {
                var isOptional = Take("?");
                node = Member(node, isOptional);
            }
            else if (Take("["))
            {
                var isOptional = Take("?");
                node = Conditional() is { } index && Expect("]") ? Bounded(new CelIndex(node, index, isOptional)) : null;
            }
            else
            {
                break;
            }
        }

        if (node is null)
            return null;
        if (signs.Count > MaxDepth)
            return Fail("the expression nests too deep");
        foreach (var sign in signs)
            node = new CelUnary(sign, node);
        return Bounded(node);
    }

    private CelNode? Member(CelNode target, bool isOptional)
    {
        SkipSpace();
        if (_at < _text.Length && _text[_at] == '`')
        {
            var end = _text.IndexOf('`', _at + 1);
            if (end < 0)
                return Fail("a closing '`' is missing");
            var field = _text.Substring(_at + 1, end - _at - 1);
            _at = end + 1;
            return Bounded(new CelSelect(target, field, isOptional));
        }

        if (Name() is not { } name)
            return Fail("a field's name was expected");
        if (!Take("("))
            return Bounded(new CelSelect(target, name, isOptional));
        return (Macros.Contains(name) ? MacroArguments() : Arguments(")")) is { } arguments ? Bounded(new CelCall(target, name, arguments))
            : null;
    }

    // A macro's first arguments name the variables that the others use.
    private List<CelNode>? MacroArguments()
    {
        var start = _at;
        var added = new List<string>();
        while (true)
        {
            SkipSpace();
            var before = _at;
            if (Name() is { } variable && Peek(','))
            {
                if (_bound.Add(variable))
                    added.Add(variable);
                Take(",");
                continue;
            }

            _at = before;
            break;
        }

        _at = start;
        var arguments = Arguments(")");
        foreach (var variable in added)
            _bound.Remove(variable);
        return arguments;
    }

    private bool Peek(char c)
    {
        SkipSpace();
        return _at < _text.Length && _text[_at] == c;
    }

    private List<CelNode>? Arguments(string close)
    {
        var arguments = new List<CelNode>();
        if (Take(close))
            return arguments;
        do
        {
            if (Peek(close[0]))
                break;
            Take("?");
            if (Conditional() is not { } argument)
                return null;
            arguments.Add(argument);
        }
        while (Take(","));
        return Expect(close) ? arguments : null;
    }

    private CelNode? Primary()
    {
        SkipSpace();
        if (_at >= _text.Length)
            return Fail("the expression ends too early");
        if (Take("("))
            return Conditional() is { } inner && Expect(")") ? inner : null;
        if (Take("["))
            return Arguments("]") is { } items ? Bounded(new CelList(items)) : null;
        if (Take("{"))
            return Entries();
        var c = _text[_at];
        if (IsStringStart())
            return StringLiteral();
        if (c is >= '0' and <= '9' || (c == '.' && _at + 1 < _text.Length && _text[_at + 1] is >= '0' and <= '9'))
            return Number();
        Take(".");
        var start = _at;
        if (Name() is not { } name)
            return Fail($"'{c}' was not expected");
        if (name is "true" or "false")
            return new CelLiteral(name == "true");
        if (name is "null")
            return new CelLiteral(null);
        if (Take("("))
            return Arguments(")") is { } arguments ? Bounded(new CelCall(null, name, arguments)) : null;
        if (Peek('{'))
            return Take("{") ? Entries() : null;
        if (_bound.Contains(name) || _allowed.Contains(name))
            return new CelName(name);
        _at = start;
        return Fail($"nothing is named '{name}'");
    }

    private CelNode? Entries()
    {
        var entries = new List<(CelNode Key, CelNode Value)>();
        if (Take("}"))
            return new CelMap(entries);
        do
        {
            if (Peek('}'))
                break;
            Take("?");
            var before = _at;
            CelNode? key = null;
            // A message's fields are bare names, a map's keys are expressions.
            if (Name() is { } name && Peek(':'))
            {
                key = new CelLiteral(name);
            }
            else
            {
                _at = before;
                key = Conditional();
            }

            if (key is null || !Expect(":") || Conditional() is not { } value)
                return null;
            entries.Add((key, value));
        }
        while (Take(","));
        return Expect("}") ? Bounded(new CelMap(entries)) : null;
    }

    private string? Name()
    {
        SkipSpace();
        var start = _at;
        if (_at < _text.Length && (char.IsLetter(_text[_at]) || _text[_at] == '_'))
        {
            while (_at < _text.Length && IsNamePart(_text[_at]))
                _at++;
        }

        return _at > start ? _text.Substring(start, _at - start) : null;
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private CelNode? Number()
    {
        var start = _at;
        while (_at < _text.Length
            && (IsNamePart(_text[_at]) || _text[_at] == '.' || ((_text[_at] is '+' or '-') && (_text[_at - 1] is 'e' or 'E'))))
            _at++;
        var number = _text.Substring(start, _at - start).TrimEnd('u', 'U');
        if (number.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return new CelLiteral(
                long.TryParse(number.Substring(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? hex : 0L);
        if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return new CelLiteral(whole);
        if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction))
            return new CelLiteral(fraction);
        _at = start;
        return Fail($"'{number}' is not a number");
    }

    private bool IsStringStart()
    {
        var i = _at;
        while (i < _text.Length && i < _at + 2 && (_text[i] is 'r' or 'R' or 'b' or 'B'))
            i++;
        return i < _text.Length && (_text[i] is '"' or '\'');
    }

    private CelNode? StringLiteral()
    {
        var raw = false;
        while (_text[_at] is not ('"' or '\''))
            raw |= _text[_at++] is 'r' or 'R';
        var quote = _text[_at];
        var triple = string.CompareOrdinal(_text, _at, new string(quote, 3), 0, 3) == 0;
        var close = new string(quote, triple ? 3 : 1);
        _at += close.Length;
        var value = new StringBuilder();
        while (_at < _text.Length)
        {
            if (string.CompareOrdinal(_text, _at, close, 0, close.Length) == 0)
            {
                _at += close.Length;
                return new CelLiteral(value.ToString());
            }

            if (!triple && _text[_at] == '\n')
                break;
            if (_text[_at] == '\\' && !raw && _at + 1 < _text.Length)
            {
                value.Append(Unescape(_text[_at + 1]));
                _at += 2;
            }
            else
            {
                value.Append(_text[_at++]);
            }
        }

        _at = Math.Min(_at, _text.Length);
        return Fail("a closing quote is missing");
    }

    private static char Unescape(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'v' => '\v',
        _ => c,
    };
}
