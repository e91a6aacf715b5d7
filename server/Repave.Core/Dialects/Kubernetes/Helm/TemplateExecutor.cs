using System.Runtime.CompilerServices;
using Repave.Core.Model;
using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Executes templates as Go's text/template does, with its errors; every piece that it writes knows where it comes from.</summary>
internal sealed class TemplateExecutor(IReadOnlyDictionary<string, GoFunction> functions)
{
    private readonly Dictionary<string, IReadOnlyList<TemplateTree>> _parsed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _included = new(StringComparer.Ordinal);
    private State? _state;
    private List<Trace>? _reads;
    private long _steps;
    private long _work;
    private int _depth;

    private enum Flow
    {
        On,
        Break,
        Continue,
    }

    /// <summary>Whatever the functions keep for the time of a rendering.</summary>
    public Dictionary<string, object> Memory { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends the rendering early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Parses a template.</summary>
    /// <exception cref="TemplateSyntaxException">Go cannot parse it.</exception>
    public IReadOnlyList<TemplateTree> Parse(string name, string text, Manifest? file) =>
        TemplateParser.Parse(name, text, file, functions.ContainsKey);

    /// <summary>Executes a named template of a set.</summary>
    /// <exception cref="GoException">Go's error.</exception>
    public GoText Execute(TemplateSet set, string name, GoValue? data)
    {
        if (set.Find(name) is not { } found)
            throw new GoException(new GoError($"template: no template {GoQuoting.Quote(name)} associated with "
                + $"template {GoQuoting.Quote(set.Name)}"));
        var outer = _state;
        var state = new State(set, found.Tree, found.Text, new GoTextBuilder(), outer?.Control);
        state.Variables.Add(("$", new GoRef(data, false)));
        _state = state;
        try
        {
            Enter();
            if (found.Tree.Root is { } root)
                Walk(new GoRef(data, false), root);
            return state.Output.ToText();
        }
        finally
        {
            _depth--;
            _state = outer;
        }
    }

    /// <summary>What <c>include</c> does.</summary>
    public GoText Include(string name, GoValue? data)
    {
        const int most = 1000;
        _included.TryGetValue(name, out var count);
        if (count > most)
        {
            throw new GoException(new GoError(
                $"rendering template has a nested reference name: {name}: unable to execute template",
                    new GoError("unable to execute template")));
        }

        _included[name] = count + 1;
        try
        {
            return Execute(_state!.Set, name, data);
        }
        finally
        {
            _included[name]--;
        }
    }

    /// <summary>What <c>tpl</c> does.</summary>
    public GoText Tpl(GoText text, GoValue? data)
    {
        if (text.Text.IndexOf("{{", StringComparison.Ordinal) < 0)
            return WithoutNoValue(text);
        var outer = _state!.Set;
        var set = new TemplateSet(outer.Name, outer);
        try
        {
            var key = outer.Name + "\0" + text.Text;
            if (!_parsed.TryGetValue(key, out var trees))
                _parsed[key] = trees = TemplateParser.Parse(outer.Name, text.Text, null, functions.ContainsKey);
            set.Add(trees, text);
        }
        catch (TemplateSyntaxException exception)
        {
            throw new GoException(new GoError($"cannot parse template {GoQuoting.Quote(text.Text)}: {exception.Message}"));
        }

        try
        {
            return WithoutNoValue(Execute(set, outer.Name, data));
        }
        catch (GoException exception)
        {
            throw new GoException(new GoError(
                $"error during tpl function execution for {GoQuoting.Quote(text.Text)}: {exception.Error.Message}", exception.Error));
        }
    }

    /// <summary>A text without the words that Go writes for nothing, as Helm leaves it.</summary>
    public static GoText WithoutNoValue(GoText text)
    {
        const string words = "<no value>";
        var at = text.Text.IndexOf(words, StringComparison.Ordinal);
        if (at < 0)
            return text;
        var without = new GoTextBuilder();
        var start = 0;
        for (; at >= 0; at = text.Text.IndexOf(words, start, StringComparison.Ordinal))
        {
            without.Append(text, start, at - start);
            start = at + words.Length;
        }

        return without.Append(text, start, text.Text.Length - start).ToText();
    }

    /// <summary>Counts work that a function does; too much ends the rendering.</summary>
    public void Spend(long characters)
    {
        if ((_work += characters) > GoLimits.Work)
            throw new GoException(new GoError("the templates do more than Repave follows"));
    }

    private void Enter()
    {
        if (++_depth > GoLimits.Depth)
            throw Error("exceeded maximum template depth (100000)");
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    private void Step()
    {
        if (++_steps > GoLimits.Steps)
            throw Error("the templates take more steps than Repave follows");
        if ((_steps & 0xFFF) == 0)
            Cancellation.ThrowIfCancellationRequested();
    }

    private Flow Walk(GoRef dot, TemplateNode node)
    {
        var state = _state!;
        state.Node = node;
        Step();
        switch (node)
        {
            case TemplateAction action:
                var value = Pipeline(dot, action.Pipe);
                if (action.Pipe.Variables.Count == 0)
                {
                    state.Node = action;
                    state.Output.AppendPrinted(GoFormat.Print(value.Value, "<no value>"), TraceOf(action));
                }

                return Flow.On;
            case TemplateTextNode text:
                WriteText(state, text);
                return Flow.On;
            case TemplateList list:
                foreach (var item in list.Nodes)
                {
                    var flow = Walk(dot, item);
                    if (flow != Flow.On)
                        return flow;
                }

                return Flow.On;
            case TemplateBranch { Word: TemplateTokenKind.Range } range:
                return Range(dot, range);
            case TemplateBranch branch:
                return IfOrWith(dot, branch);
            case TemplateCall call:
                Call(dot, call);
                return Flow.On;
            case TemplateWord word:
                return word.Word == TemplateTokenKind.Break ? Flow.Break : Flow.Continue;
            default:
                throw Error($"unknown node: {node}");
        }
    }

    private void WriteText(State state, TemplateTextNode text)
    {
        Spend(text.Text.Length);
        if (state.Text is { } made)
            state.Output.Append(made, text.Start, text.Text.Length);
        else if (text.Tree.Source is Manifest file)
            state.Output.Append(text.Text, new Trace(file, new TextSpan(text.Start, text.Start + text.Text.Length), true, false,
                state.Control));
        else
            state.Output.Append(text.Text);
    }

    // Where what an action writes comes from: in a text that a template made, from where that came from.
    private Trace TraceOf(TemplateNode node)
    {
        var state = _state!;
        if (state.Text is { } made)
        {
            var start = Math.Min(node.Start, Math.Max(0, made.Text.Length - 1));
            var part = made.Slice(start, Math.Min(1, made.Text.Length - start));
            if (part.Pieces.Count > 0)
            {
                var trace = part.Pieces[0].Trace;
                return trace with { IsCopy = false, IsValue = false };
            }

            return state.Caller ?? Nowhere;
        }

        return node.Tree.Source is Manifest file
            ? new Trace(file, SpanOf(node), false, false, state.Control) : Nowhere;
    }

    private static readonly Trace Nowhere = new(Manifest.Parse("", ""), default, false, false, null);

    private static TextSpan SpanOf(TemplateNode node)
    {
        if (node.End == 0)
            return new TextSpan(node.Start, Math.Min(node.Tree.Text.Length, node.Start + Math.Max(1, node.ToString()!.Length)));
        var start = node.Tree.Text.LastIndexOf("{{", node.Start, StringComparison.Ordinal);
        return new TextSpan(start < 0 ? node.Start : start, Math.Max(node.End, node.Start));
    }

    private Flow IfOrWith(GoRef dot, TemplateBranch branch)
    {
        var state = _state!;
        var (mark, control) = (state.Variables.Count, state.Control);
        var value = Deciding(dot, branch.Pipe, control, out var deciding);
        state.Control = deciding;
        var flow = Flow.On;
        if (GoTruth.IsTrue(value.Value))
            flow = Walk(branch.Word == TemplateTokenKind.With ? value : dot, branch.List);
        else if (branch.Else is not null)
            flow = Walk(dot, branch.Else);
        state.Control = control;
        state.Variables.RemoveRange(mark, state.Variables.Count - mark);
        return flow;
    }

    // What stands in a branch is there because of the value that decides it.
    private GoRef Deciding(GoRef dot, TemplatePipe pipe, Trace? control, out Trace? deciding)
    {
        const int most = 8;
        var outer = _reads;
        _reads = [];
        var value = Pipeline(dot, pipe);
        deciding = control;
        // Of several values that were asked, what came out says which; the others decided as well.
        for (var i = Math.Min(most, _reads.Count) - 1; i >= 0; i--)
            deciding = _reads[i].Then(deciding);
        if (value.Value?.Trace is { IsValue: true } trace)
            deciding = trace.Then(deciding);
        outer?.AddRange(_reads.Take(most));
        _reads = outer;
        return value;
    }

    private GoRef Noted(GoRef value)
    {
        const int most = 64;
        if (_reads is { Count: < most } && value.Value is not (null or GoMap or GoObject) && value.Value.Trace is { IsValue: true } trace)
            _reads.Add(trace.AsWhole());
        return value;
    }

    private Flow Range(GoRef dot, TemplateBranch range)
    {
        var state = _state!;
        var (outerMark, control) = (state.Variables.Count, state.Control);
        var held = Deciding(dot, range.Pipe, control, out var deciding);
        var value = held.Value is GoObject { Inner: { } inner } ? inner : held.Value;
        state.Control = deciding;
        var mark = state.Variables.Count;
        var ran = false;
        switch (value)
        {
            case GoList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    ran = true;
                    var item = list.Items[i];
                    if (Iterate(range, new GoRef(new GoInteger(i), false), new GoRef(item, list.ElementType == GoValue.AnyType), mark))
                        break;
                }

                break;
            case GoText { IsBytes: true } bytes:
                var all = GoQuoting.BytesOf(bytes.Text);
                for (var i = 0; i < all.Length; i++)
                {
                    ran = true;
                    if (Iterate(range, new GoRef(new GoInteger(i), false), new GoRef(new GoInteger(all[i], "uint8"), false), mark))
                        break;
                }

                break;
            case GoMap map:
                // A copy: templates may change the mapping while they walk through it.
                foreach (var entry in map.Sorted.ToArray())
                {
                    ran = true;
                    var key = new GoText(entry.Key, entry.Value?.Trace is { IsValue: true } trace ? trace with { IsCopy = false } : null);
                    if (Iterate(range, new GoRef(key, false), new GoRef(entry.Value, map.ElementType == GoValue.AnyType), mark))
                        break;
                }

                break;
            case GoInteger number:
                if (range.Pipe.Variables.Count > 1)
                    throw Error($"can't use {GoFormat.Value(number)} to iterate over more than one variable");
                for (long i = 0; i < number.Value; i++)
                {
                    ran = true;
                    var item = new GoRef(new GoInteger(i, number.TypeName), false);
                    if (Iterate(range, item, item, mark))
                        break;
                }

                break;
            case null:
                break;
            default:
                throw Error($"range can't iterate over {GoFormat.Value(value)}");
        }

        var flow = Flow.On;
        if (!ran && range.Else is not null)
            flow = Walk(dot, range.Else);
        state.Control = control;
        state.Variables.RemoveRange(outerMark, state.Variables.Count - outerMark);
        return flow;
    }

    // Tells whether to stop.
    private bool Iterate(TemplateBranch range, GoRef index, GoRef element, int mark)
    {
        var state = _state!;
        var variables = range.Pipe.Variables;
        Step();
        if (variables.Count > 0)
        {
            if (range.Pipe.IsAssignment)
            {
                SetVariable(variables[0].Names[0], variables.Count > 1 ? index : element);
                if (variables.Count > 1)
                    SetVariable(variables[1].Names[0], element);
            }
            else
            {
                state.Variables[mark - 1] = (state.Variables[mark - 1].Name, element);
                if (variables.Count > 1)
                    state.Variables[mark - 2] = (state.Variables[mark - 2].Name, index);
            }
        }

        var control = state.Control;
        if (element.Value?.Trace is { IsValue: true } trace)
            state.Control = trace.Then(control);
        var flow = Walk(element, range.List);
        state.Control = control;
        state.Variables.RemoveRange(mark, state.Variables.Count - mark);
        return flow == Flow.Break;
    }

    private void Call(GoRef dot, TemplateCall call)
    {
        var state = _state!;
        if (state.Set.Find(call.Name) is not { } found)
            throw Error($"template {GoQuoting.Quote(call.Name)} not defined");
        var data = call.Pipe is null ? default : Pipeline(dot, call.Pipe);
        var inner = new State(state.Set, found.Tree, found.Text, state.Output, state.Control) { Node = call };
        inner.Variables.Add(("$", data));
        _state = inner;
        Enter();
        if (found.Tree.Root is { } root)
            Walk(data, root);
        _depth--;
        _state = state;
    }

    private GoRef Pipeline(GoRef dot, TemplatePipe pipe)
    {
        _state!.Node = pipe;
        GoRef? value = null;
        foreach (var command in pipe.Commands)
            value = Command(dot, command, value).Unboxed;
        var result = value ?? default;
        foreach (var variable in pipe.Variables)
        {
            if (pipe.IsAssignment)
                SetVariable(variable.Names[0], result);
            else
                _state!.Variables.Add((variable.Names[0], result));
        }

        return result;
    }

    private GoRef Command(GoRef dot, TemplateCommand command, GoRef? final)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var first = command.Arguments[0];
        switch (first)
        {
            case TemplateField field:
                return Field(dot, field, command.Arguments, final);
            case TemplateChain chain:
                return Chain(dot, chain, command.Arguments, final);
            case TemplateIdentifier identifier:
                return Function(dot, identifier, command, command.Arguments, final);
            case TemplatePipe pipe:
                RefuseArguments(command.Arguments, final);
                return Pipeline(dot, pipe);
            case TemplateVariable variable:
                return Variable(dot, variable, command.Arguments, final);
        }

        _state!.Node = first;
        RefuseArguments(command.Arguments, final);
        return first switch
        {
            TemplateBool boolean => new GoRef(new GoBool(boolean.Value), false),
            TemplateDot => dot,
            TemplateNil => throw Error("nil is not a command"),
            TemplateNumber number => new GoRef(Constant(number), false),
            TemplateString text => new GoRef(new GoText(text.Text), false),
            _ => throw Error($"can't evaluate command {GoQuoting.Quote(first.ToString()!)}"),
        };
    }

    private void RefuseArguments(IReadOnlyList<TemplateNode> arguments, GoRef? final)
    {
        if (arguments.Count > 1 || final is not null)
            throw Error($"can't give argument to non-function {arguments[0]}");
    }

    private GoValue Constant(TemplateNumber number)
    {
        _state!.Node = number;
        if (number.IsTooLarge)
            throw Error($"{number.Text} overflows int");
        var isHexadecimal = number.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && number.Text.IndexOfAny(['p', 'P']) < 0;
        if (number.Real is { } real && number.Text[0] != '\'' && !isHexadecimal && number.Text.IndexOfAny(['.', 'e', 'E', 'p', 'P']) >= 0)
            return new GoFloat(real);
        return new GoInteger(number.Integer ?? throw Error($"{number.Text} overflows int"));
    }

    private GoRef Field(GoRef dot, TemplateField field, IReadOnlyList<TemplateNode>? arguments, GoRef? final)
    {
        _state!.Node = field;
        return FieldChain(dot, dot, field, field.Names, 0, arguments, final);
    }

    private GoRef Chain(GoRef dot, TemplateChain chain, IReadOnlyList<TemplateNode>? arguments, GoRef? final)
    {
        _state!.Node = chain;
        if (chain.Node is TemplateNil)
            throw Error($"indirection through explicit nil in {chain}");
        var receiver = Argument(dot, 'n', chain.Node);
        _state!.Node = chain;
        return FieldChain(dot, receiver, chain, chain.Names, 0, arguments, final);
    }

    private GoRef Variable(GoRef dot, TemplateVariable variable, IReadOnlyList<TemplateNode>? arguments, GoRef? final)
    {
        _state!.Node = variable;
        var value = ValueOf(variable.Names[0]);
        if (variable.Names.Count > 1)
            return FieldChain(dot, value, variable, variable.Names, 1, arguments, final);
        if (arguments is not null)
            RefuseArguments(arguments, final);
        else if (final is not null)
            throw Error($"can't give argument to non-function {variable}");
        return Noted(value);
    }

    private GoRef FieldChain(
        GoRef dot, GoRef receiver, TemplateNode node, IReadOnlyList<string> names, int from, IReadOnlyList<TemplateNode>? arguments,
            GoRef? final)
    {
        for (var i = from; i < names.Count - 1; i++)
            receiver = FieldOf(dot, names[i], node, null, null, receiver);
        return FieldOf(dot, names[names.Count - 1], node, arguments, final, receiver);
    }

    private GoRef FieldOf(
        GoRef dot, string name, TemplateNode node, IReadOnlyList<TemplateNode>? arguments, GoRef? final, GoRef receiver)
    {
        if (!receiver.IsValid)
            return default;
        if (receiver.Value is not { } value)
            throw Error($"nil pointer evaluating {receiver.TypeName}.{name}");
        if (value is GoObject anything && anything.Methods.TryGetValue(name, out var method))
            return CallFunction(dot, method, node, name, arguments, final, false);
        var hasArguments = arguments?.Count > 1 || final is not null;
        switch (value)
        {
            case GoObject { Inner: GoMap inner }:
                return hasArguments ? throw Error($"{name} is not a method but has arguments") : Entry(inner, name);
            case GoMap map:
                return hasArguments ? throw Error($"{name} is not a method but has arguments") : Entry(map, name);
            case GoObject structure when structure.Fields.TryGetValue(name, out var field):
                return hasArguments ? throw Error($"{name} has arguments but cannot be invoked as function") : new GoRef(field, false);
        }

        throw Error($"can't evaluate field {name} in type {receiver.TypeName}");
    }

    private GoRef Entry(GoMap map, string name)
    {
        if (map.Entries.TryGetValue(name, out var value))
            return Noted(new GoRef(value, map.ElementType == GoValue.AnyType));
        return map.ElementType == GoValue.AnyType ? new GoRef(null, true) : new GoRef(ZeroOf(map.ElementType), false);
    }

    /// <summary>What Go has where a mapping's element is not there.</summary>
    public static GoValue? ZeroOf(string type) => type switch
    {
        "string" => GoText.Empty,
        "[]uint8" => new GoText("") { IsBytes = true },
        "bool" => new GoBool(false),
        "int" or "int64" => new GoInteger(0, type),
        "float64" => new GoFloat(0),
        _ => null,
    };

    private GoRef Function(
        GoRef dot, TemplateIdentifier identifier, TemplateNode command, IReadOnlyList<TemplateNode>? arguments, GoRef? final)
    {
        _state!.Node = identifier;
        return functions.TryGetValue(identifier.Name, out var function)
            ? CallFunction(dot, function, command, identifier.Name, arguments, final, identifier.Name is "and" or "or")
            : throw Error($"{GoQuoting.Quote(identifier.Name)} is not a defined function");
    }

    private GoRef CallFunction(
        GoRef dot, GoFunction function, TemplateNode node, string name, IReadOnlyList<TemplateNode>? arguments, GoRef? final, bool isShort)
    {
        Step();
        var written = Math.Max(0, (arguments?.Count ?? 0) - 1);
        var count = written + (final is null ? 0 : 1);
        if (function.IsVariadic ? count < function.Count - 1 : count != function.Count)
        {
            throw Error(function.IsVariadic
                ? $"wrong number of args for {name}: want at least {function.Count - 1} got {written}"
                : $"wrong number of args for {name}: want {function.Count} got {count}");
        }

        var values = new GoValue?[count];
        var last = default(GoRef);
        for (var i = 0; i < written; i++)
        {
            last = Argument(dot, function.ParameterAt(i), arguments![i + 1]);
            values[i] = last.Value;
            if (isShort && GoTruth.IsTrue(last.Value) == (name == "or"))
                return last;
        }

        if (final is { } given)
        {
            last = Validate(given, function.ParameterAt(count - 1));
            values[count - 1] = last.Value;
        }

        if (isShort)
            return last;
        try
        {
            var result = function.Call(this, values);
            if (result is { Trace: null })
                Inherit(result, values);
            return new GoRef(result, false);
        }
        catch (GoException exception)
        {
            _state!.Node = node;
            throw Error($"error calling {name}: ", exception.Error);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException
            or InvalidCastException or IndexOutOfRangeException or DivideByZeroException or NullReferenceException)
        {
            _state!.Node = node;
            throw Error($"error calling {name}: ", new GoError(exception is DivideByZeroException
                ? "runtime error: integer divide by zero" : "runtime error: invalid memory address or nil pointer dereference"));
        }
    }

    // What is made of a value comes from where the value does.
    private static void Inherit(GoValue result, GoValue?[] arguments)
    {
        if (ReferenceEquals(result, GoText.Empty))
            return;
        Trace? all = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            // The last comes first: that is what a pipeline changes.
            if (arguments[i] is GoBool or GoInteger or GoFloat or GoText or GoList && arguments[i]!.Trace is { IsValue: true } trace)
                all = trace.AsWhole().Then(all);
        }

        if (all is not null)
            result.Trace = all;
    }

    // 'n' stands for no type at all, which is how the receiver of a chain is evaluated.
    private GoRef Argument(GoRef dot, char parameter, TemplateNode node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _state!.Node = node;
        switch (node)
        {
            case TemplateDot:
                return Validate(dot, parameter);
            case TemplateNil:
                return GoFunction.CanBeNil(parameter) ? new GoRef(null, parameter == 'r')
                    : throw Error($"cannot assign nil to {GoFunction.TypeOf(parameter)}");
            case TemplateField field:
                return Validate(Field(dot, field, null, null), parameter);
            case TemplateVariable variable:
                return Validate(Variable(dot, variable, null, null), parameter);
            case TemplatePipe pipe:
                return Validate(Pipeline(dot, pipe), parameter);
            case TemplateIdentifier identifier:
                return Validate(Function(dot, identifier, identifier, null, null), parameter);
            case TemplateChain chain:
                return Validate(Chain(dot, chain, null, null), parameter);
        }

        switch (parameter, node)
        {
            case ('b', TemplateBool boolean):
                return new GoRef(new GoBool(boolean.Value), false);
            case ('b', _):
                throw Error($"expected bool; found {node}");
            case ('f', TemplateNumber { Real: { } real }):
                return new GoRef(new GoFloat(real), false);
            case ('f', _):
                throw Error($"expected float; found {node}");
            case ('i', TemplateNumber { Integer: { } integer }):
                return new GoRef(new GoInteger(integer), false);
            case ('i', _):
                throw Error($"expected integer; found {node}");
            case ('u', TemplateNumber { Integer: >= 0 and { } integer }):
                return new GoRef(new GoInteger(integer, "uint32"), false);
            case ('u', _):
                throw Error($"expected unsigned integer; found {node}");
            case ('s' or 'h', TemplateString text):
                return new GoRef(new GoText(text.Text), false);
            case ('s' or 'h', _):
                throw Error($"expected string; found {node}");
            case ('a' or 'r' or 'n', TemplateBool boolean):
                return new GoRef(new GoBool(boolean.Value), false);
            case ('a' or 'r' or 'n', TemplateNumber number):
                return new GoRef(Constant(number), false);
            case ('a' or 'r' or 'n', TemplateString text):
                return new GoRef(new GoText(text.Text), false);
            default:
                throw Error($"can't handle {node} for arg of type {GoFunction.TypeOf(parameter)}");
        }
    }

    private GoRef Validate(GoRef value, char parameter)
    {
        if (parameter is 'a' or 'r' or 'n')
            return value;
        if (!value.IsValid)
        {
            return GoFunction.CanBeNil(parameter) ? value
                : throw Error($"invalid value; expected {GoFunction.TypeOf(parameter)}");
        }

        var type = GoFunction.TypeOf(parameter);
        var fits = value.Value switch
        {
            null => false,
            GoMap map => parameter == 'm' && map.ElementType == GoValue.AnyType,
            GoObject { TypeName: "common.Values" } => parameter == 'm',
            { } other => other.TypeName == type,
        };
        return fits ? value
            : throw Error($"wrong type for value; expected {type}; got {(value.Value is null ? value.TypeName : value.Value.TypeName)}");
    }

    private GoRef ValueOf(string name)
    {
        var variables = _state!.Variables;
        for (var i = variables.Count - 1; i >= 0; i--)
        {
            if (variables[i].Name == name)
                return variables[i].Value;
        }

        throw Error($"undefined variable: {name}");
    }

    private void SetVariable(string name, GoRef value)
    {
        var variables = _state!.Variables;
        for (var i = variables.Count - 1; i >= 0; i--)
        {
            if (variables[i].Name == name)
            {
                variables[i] = (name, value);
                return;
            }
        }

        throw Error($"undefined variable: {name}");
    }

    private GoException Error(string message, GoError? inner = null)
    {
        var state = _state!;
        var node = state.Node ?? state.Tree.Root!;
        var (line, column) = node.Tree.PositionOf(node.Start);
        var text = $"template: {node.Tree.ParseName}:{line}:{column}: "
            + $"executing {GoQuoting.Quote(state.Tree.Name)} at <{node}>: {message}{inner?.Message}";
        var trace = state.Text is not null ? TraceOf(node) : null;
        return new GoException(new GoError(text, inner)
        {
            IsOfExecution = true,
            File = node.Tree.Source as Manifest ?? (trace is null || ReferenceEquals(trace, Nowhere) ? null : trace.File),
            Span = trace?.At ?? SpanOf(node),
        });
    }

    // What is known while one template is executed.
    private sealed class State(TemplateSet set, TemplateTree tree, GoText? text, GoTextBuilder output, Trace? control)
    {
        public TemplateSet Set { get; } = set;

        public TemplateTree Tree { get; } = tree;

        /// <summary>The text that the template was read from, where a template made it.</summary>
        public GoText? Text { get; } = text;

        public GoTextBuilder Output { get; } = output;

        public List<(string Name, GoRef Value)> Variables { get; } = [];

        public TemplateNode? Node { get; set; }

        /// <summary>The values that decided that this is written at all.</summary>
        public Trace? Control { get; set; } = control;

        public Trace? Caller { get; init; }
    }
}
