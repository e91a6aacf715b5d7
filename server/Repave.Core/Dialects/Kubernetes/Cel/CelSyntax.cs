using System.Globalization;

namespace Repave.Core.Dialects.Kubernetes.Cel;

/// <summary>Reads expressions in the Common Expression Language as far as their grammar and the names they use, which is what an API
/// server refuses first. Types are not inferred.</summary>
internal sealed class CelSyntax
{
    private const int MaxDepth = 200;

    private static readonly HashSet<string> Macros = new(StringComparer.Ordinal) { "all", "exists", "exists_one", "map", "filter", "bind", "transformList", "transformMap", "existsOne", "sortBy" };

    // What may stand alone as a name: the language's types and namespaces, and the variables that Kubernetes gives some expression.
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "object", "oldObject", "request", "params", "namespaceObject", "authorizer", "variables", "device", "self", "oldSelf", "user", "claims",
        "int", "uint", "double", "bool", "string", "bytes", "list", "map", "type", "null_type", "timestamp", "duration", "dyn", "optional", "cel",
        "math", "strings", "sets", "lists", "quantity", "ip", "cidr", "semver", "format", "url", "has", "size", "matches", "isURL", "isIP", "isCIDR", "isQuantity", "isSemver",
        "json", "JSONPatch", "Object", "jsonpatch", "google", "optional_type", "apiGroups", "resource", "block", "hash",
    };

    // Without the variables of admission and of devices.
    private static readonly HashSet<string> NamesOfResources = new(Names.Except(["object", "oldObject", "request", "params", "authorizer", "device", "variables", "namespaceObject"]), StringComparer.Ordinal);

    private readonly string _text;
    private readonly HashSet<string> _bound;
    private readonly HashSet<string> _allowed;
    private int _at;
    private int _depth;
    private string? _error;

    private CelSyntax(string text, IEnumerable<string>? variables)
    {
        _text = text;
        _bound = new HashSet<string>(variables ?? [], StringComparer.Ordinal);
        _allowed = variables is null ? Names : NamesOfResources;
    }

    /// <summary>What is wrong with an expression, or null. Without <paramref name="variables"/> every variable of admission and device
    /// expressions is known.</summary>
    public static string? Check(string expression, IReadOnlyList<string>? variables = null)
    {
        if (string.IsNullOrWhiteSpace(expression))
            return "an expression is demanded";
        var syntax = new CelSyntax(expression, variables);
        if (syntax.Conditional())
        {
            syntax.SkipSpace();
            if (syntax._at < expression.Length)
                syntax.Fail($"'{expression[syntax._at]}' was not expected");
        }

        return syntax._error is null ? null : "it is no valid CEL expression: " + syntax._error;
    }

    private bool Fail(string reason)
    {
        _error ??= $"{reason} at character {_at + 1}";
        return false;
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

    private bool Conditional()
    {
        if (++_depth > MaxDepth)
            return Fail("the expression nests too deep");
        var holds = Binary(0);
        if (holds && Take("?"))
            holds = Binary(0) && (Take(":") || Fail("':' was expected")) && Conditional();
        _depth--;
        return holds;
    }

    private static readonly string[][] Operators = [["||"], ["&&"], ["==", "!=", "<=", ">=", "<", ">", "in"], ["+", "-"], ["*", "/", "%"]];

    private bool Binary(int level)
    {
        if (level == Operators.Length)
            return Unary();
        if (!Binary(level + 1))
            return false;
        while (TakeOperator(Operators[level]))
        {
            if (!Binary(level + 1))
                return false;
        }

        return true;
    }

    private bool TakeOperator(string[] operators)
    {
        SkipSpace();
        foreach (var token in operators)
        {
            if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0)
                continue;
            if (token == "in" && _at + 2 < _text.Length && IsNamePart(_text[_at + 2]))
                continue;
            _at += token.Length;
            return true;
        }

        return false;
    }

    private bool Unary()
    {
        while (Take("!") || Take("-"))
        {
            // Any number of signs may stand before an operand.
        }

        if (!Primary())
            return false;
        while (true)
        {
            if (Take("."))
            {
                Take("?");
                if (!Member())
                    return false;
            }
            else if (Take("["))
            {
                Take("?");
                if (!Conditional() || !(Take("]") || Fail("']' was expected")))
                    return false;
            }
            else
            {
                return true;
            }
        }
    }

    private bool Member()
    {
        SkipSpace();
        if (_at < _text.Length && _text[_at] == '`')
        {
            var end = _text.IndexOf('`', _at + 1);
            if (end < 0)
                return Fail("a closing '`' is missing");
            _at = end + 1;
            return true;
        }

        if (Name() is not { } name)
            return Fail("a field's name was expected");
        if (!Take("("))
            return true;
        return Macros.Contains(name) ? MacroArguments() : Arguments(")");
    }

    // A macro's first arguments name the variables that the others use.
    private bool MacroArguments()
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
        var holds = Arguments(")");
        foreach (var variable in added)
            _bound.Remove(variable);
        return holds;
    }

    private bool Peek(char c)
    {
        SkipSpace();
        return _at < _text.Length && _text[_at] == c;
    }

    private bool Arguments(string close)
    {
        if (Take(close))
            return true;
        do
        {
            if (Peek(close[0]))
                break;
            Take("?");
            if (!Conditional())
                return false;
        }
        while (Take(","));
        return Take(close) || Fail($"'{close}' was expected");
    }

    private bool Primary()
    {
        SkipSpace();
        if (_at >= _text.Length)
            return Fail("the expression ends too early");
        if (Take("("))
            return Conditional() && (Take(")") || Fail("')' was expected"));
        if (Take("["))
            return Arguments("]");
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
        if (name is "true" or "false" or "null")
            return true;
        if (Take("("))
            return Arguments(")");
        if (Peek('{'))
            return Take("{") && Entries();
        if (_bound.Contains(name) || _allowed.Contains(name))
            return true;
        _at = start;
        return Fail($"nothing is named '{name}'");
    }

    private bool Entries()
    {
        if (Take("}"))
            return true;
        do
        {
            if (Peek('}'))
                break;
            Take("?");
            var before = _at;
            // A message's fields are bare names, a map's keys are expressions.
            if (!(Name() is not null && Peek(':')))
            {
                _at = before;
                if (!Conditional())
                    return false;
            }

            if (!(Take(":") || Fail("':' was expected")) || !Conditional())
                return false;
        }
        while (Take(","));
        return Take("}") || Fail("'}' was expected");
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

    private bool Number()
    {
        var start = _at;
        while (_at < _text.Length && (IsNamePart(_text[_at]) || _text[_at] == '.' || ((_text[_at] is '+' or '-') && (_text[_at - 1] is 'e' or 'E'))))
            _at++;
        var number = _text.Substring(start, _at - start).TrimEnd('u', 'U');
        if (number.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return true;
        _at = start;
        return Fail($"'{number}' is no number");
    }

    private bool IsStringStart()
    {
        var i = _at;
        while (i < _text.Length && i < _at + 2 && (_text[i] is 'r' or 'R' or 'b' or 'B'))
            i++;
        return i < _text.Length && (_text[i] is '"' or '\'');
    }

    private bool StringLiteral()
    {
        var raw = false;
        while (_text[_at] is not ('"' or '\''))
            raw |= _text[_at++] is 'r' or 'R';
        var quote = _text[_at];
        var triple = string.CompareOrdinal(_text, _at, new string(quote, 3), 0, 3) == 0;
        var close = new string(quote, triple ? 3 : 1);
        _at += close.Length;
        while (_at < _text.Length)
        {
            if (string.CompareOrdinal(_text, _at, close, 0, close.Length) == 0)
            {
                _at += close.Length;
                return true;
            }

            if (!triple && _text[_at] == '\n')
                break;
            _at += _text[_at] == '\\' && !raw ? 2 : 1;
        }

        _at = Math.Min(_at, _text.Length);
        return Fail("a closing quote is missing");
    }
}
