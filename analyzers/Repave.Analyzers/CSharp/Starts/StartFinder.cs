using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Starts;

/// <summary>Finds where code starts a program: with <c>System.Diagnostics.Process</c>, CliWrap, MedallionShell, SimpleExec, Nuke, Cake, a
/// hosted PowerShell, or a method of one's own that settings name.</summary>
internal sealed class StartFinder(TextValues values)
{
    private const string StartInfo = "StartInfo";

    /// <summary>What an operation starts; nothing if it starts no program, or another operation says more of it.</summary>
    /// <param name="operation">A call, a creation or an assignment.</param>
    /// <param name="isRunner">Whether settings name a method as one that starts programs.</param>
    public IEnumerable<ProgramStart> In(IOperation operation, Func<IMethodSymbol, bool> isRunner) => operation switch
    {
        IInvocationOperation call => OfCall(call, isRunner),
        IObjectCreationOperation { Type: { Name: "ProcessStartInfo", ContainingNamespace.Name: "Diagnostics" } } made => OfStartInfo(made),
        IObjectCreationOperation { Type: { Name: "Process", ContainingNamespace.Name: "Diagnostics" } } made => OfProcess(made),
        ISimpleAssignmentOperation assignment => OfAssignment(assignment),
        _ => [],
    };

    private IEnumerable<ProgramStart> OfCall(IInvocationOperation call, Func<IMethodSymbol, bool> isRunner)
    {
        var method = call.TargetMethod;
        if (isRunner(method))
        {
            if (OfRunner(call) is { } own)
                yield return own;
            yield break;
        }

        var start = (NamespaceOf(method), method.ContainingType?.Name, method.Name) switch
        {
            ("System.Diagnostics", "Process", "Start") => OfProcessStart(call),
            ("CliWrap", "Command", "WithArguments") => OfCliWrap(call),
            ("Medallion.Shell", "Command" or "Shell", "Run") => Given(call, "executable", "arguments"),
            ("SimpleExec", "Command", "Run" or "RunAsync" or "Read" or "ReadAsync") => Given(call, "name", "args"),
            ("Nuke.Common.Tooling", "ProcessTasks", "StartProcess") => Given(call, "toolPath", "arguments"),
            ("Nuke.Common.Tooling", "ProcessTasks", "StartShell") => Script(call, "command"),
            ("Nuke.Common.Tooling", "Tool", "Invoke") when ToolOf(call.Instance) is { } tool => Make(call.Syntax, tool, ArgumentsOf(call)),
            (var space, { } type, var name) when space.StartsWith("Nuke.Common.Tools.", StringComparison.Ordinal)
                && type == name + "Tasks" =>
                Make(call.Syntax, name == "Kubernetes" ? "kubectl" : name.ToLowerInvariant(), ArgumentsOf(call)),
            (_, "ProcessAliases", "StartProcess" or "StartAndReturnProcess") => OfCake(call),
            (_, "CommandAliases", "Command") => OfCakeCommand(call),
            ("System.Management.Automation", "PowerShell", "AddScript") => call.Arguments.Length > 0
                ? new ProgramStart(call.Syntax, "pwsh", null, ["-Command", values.Text(call.Arguments[0].Value)]) : null,
            ("System.Management.Automation", "PowerShell", "AddCommand") => call.Arguments.Length > 0
                ? new ProgramStart(call.Syntax, "pwsh", null, ["-Command", values.Text(call.Arguments[0].Value),
                    .. ParametersOf(call)]) : null,
            _ => null,
        };
        if (start is not null)
            yield return start;
    }

    private static string NamespaceOf(IMethodSymbol method) =>
        method.ContainingType?.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "";

    private ProgramStart Make(SyntaxNode node, string program, IOperation? arguments)
    {
        if (arguments is null)
            return new ProgramStart(node, program, "", null);
        return values.Words(arguments) is { } words ? new ProgramStart(node, program, null, words)
            : new ProgramStart(node, program, values.Text(arguments), null);
    }

    private ProgramStart? Given(IInvocationOperation call, string program, string arguments) =>
        call.Argument(program) is { } name ? Make(call.Syntax, values.Text(name), call.Argument(arguments)) : null;

    private ProgramStart? Script(IInvocationOperation call, string script) =>
        call.Argument(script) is { } text ? new ProgramStart(call.Syntax, "sh", null, ["-c", values.Text(text)]) : null;

    private static IOperation? ArgumentsOf(IInvocationOperation call) => call.Argument("arguments") ?? (call.Arguments.Length > 0
        ? call.Arguments[0].Value : null);

    private ProgramStart? OfProcessStart(IInvocationOperation call)
    {
        // A ProcessStartInfo is looked at where it is made.
        if (call.Argument("fileName") is not { } program)
            return null;
        return values.WholeOf(program) is { } line ? new ProgramStart(call.Syntax, "sh", null, ["-c", line])
            : Make(call.Syntax, values.Text(program), call.Argument("arguments"));
    }

    // One text is a command line; the first of several is the program.
    private ProgramStart? OfRunner(IInvocationOperation call)
    {
        var given = call.Arguments.Where(a => a.ArgumentKind != ArgumentKind.DefaultValue)
            .Select(a => (a.Value, IsText: TextValues.IsText(a.Value), Words: TextValues.IsText(a.Value) ? null : values.Words(a.Value)))
            .Where(a => a.IsText || a.Words is not null).ToList();
        if (given.Count == 0)
            return null;
        if (given[0].IsText && given.Count == 1 && values.Text(given[0].Value) is var line)
            return new ProgramStart(call.Syntax, "sh", null, ["-c", line.Any(char.IsWhiteSpace)
                || TextValues.HasParameter(line) ? line : line + " "]);
        var words = given[0].IsText ? null : given[0].Words;
        if (words is { Count: > 0 } && given.Count == 1)
            return new ProgramStart(call.Syntax, words[0], null, [.. words.Skip(1)]);
        var program = words is { Count: > 0 } ? words[0] : values.Text(given[0].Value);
        return Make(call.Syntax, program, given[1].Value);
    }

    private ProgramStart? OfCliWrap(IInvocationOperation call)
    {
        if (call.Instance is not { } wrapped || WrappedProgram(wrapped, 0) is not { } program || call.Arguments.Length == 0)
            return null;
        var input = InputOf(call);
        var start = call.Arguments[0].Value.Bare() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation build }
            ? new ProgramStart(call.Syntax, program, null, Built(build, ["Add"]))
            : Make(call.Syntax, program, call.Arguments[0].Value);
        return start with { Input = input };
    }

    // PipeSource.FromString("…") | Cli.Wrap(…), .WithStandardInputPipe(PipeSource.FromString("…"))
    private string? InputOf(IInvocationOperation call)
    {
        IOperation top = call;
        while (top.Parent is IInvocationOperation or IArgumentOperation or IBinaryOperation or IConversionOperation)
            top = top.Parent;
        foreach (var one in top.Descendants())
        {
            if (one is IInvocationOperation
                {
                    TargetMethod: { Name: "FromString", ContainingType.Name: "PipeSource" },
                    Arguments: [var text, ..]
                })
                return values.Text(text.Value);
        }

        return null;
    }

    // Cli.Wrap("kubectl").WithWorkingDirectory(…), new Command("kubectl"), or a variable with one of them.
    private string? WrappedProgram(IOperation receiver, int depth)
    {
        if (depth > 8)
            return null;
        switch (receiver.Bare())
        {
            case IInvocationOperation { TargetMethod: { Name: "Wrap", ContainingType.Name: "Cli" }, Arguments: [var target, ..] }:
                return values.Text(target.Value);
            case IInvocationOperation { Instance: { } inner }:
                return WrappedProgram(inner, depth + 1);
            case IObjectCreationOperation { Type.Name: "Command", Arguments: [var target, ..] }:
                return values.Text(target.Value);
            case ILocalReferenceOperation local:
                var writes = values.WritesOf(local, local.Local).Where(w =>
                    w is IVariableDeclaratorOperation or ISimpleAssignmentOperation).ToList();
                return writes.Count == 1 && (writes[0] is IVariableDeclaratorOperation { Initializer.Value: var value } ? value
                    : (writes[0] as ISimpleAssignmentOperation)?.Value) is { } one ? WrappedProgram(one, depth + 1) : null;
            case IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: [var declared] } }
                when declared.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var given } syntax:
                return values.ModelOf(syntax.SyntaxTree)?.GetOperation(given) is { } ofField ? WrappedProgram(ofField, depth + 1) : null;
            default:
                return null;
        }
    }

    // What a builder is told, in the order in which it is.
    private List<string> Built(IOperation code, string[] methods)
    {
        var words = new List<string>();
        foreach (var call in code.Descendants().OfType<IInvocationOperation>().Where(c => methods.Contains(c.TargetMethod.Name))
            .OrderBy(c => c.Syntax.Span.End))
            AddBuilt(call, words);
        return words;
    }

    private void AddBuilt(IInvocationOperation call, List<string> words)
    {
        var given = call.Arguments.Where(a => a.Parameter?.Type.Name is not ("ProcessArgumentBuilder" or "ArgumentsBuilder")).ToList();
        if (given.Count == 0)
            return;
        if (values.Words(given[0].Value) is { } list)
        {
            words.AddRange(list);
            return;
        }

        var text = values.Text(given[0].Value);
        // Added without quotes it may be several words; Cake's Append always is.
        var isRaw = given.Count > 1 ? given[1].Value.Flag() == false : call.TargetMethod.Name == "Append";
        if (isRaw)
            words.AddRange(ArgumentText.Split(text));
        else
            words.Add(text);
        if (call.TargetMethod.Name.StartsWith("AppendSwitch", StringComparison.Ordinal) && given.Count > 1)
            words.Add(values.Text(given[given.Count - 1].Value));
    }

    private ProgramStart? OfCake(IInvocationOperation call)
    {
        if (call.Argument("fileName") is not { } program)
            return null;
        if (call.Argument("arguments") is { } arguments)
            return Make(call.Syntax, values.Text(program), arguments);
        var settings = call.Argument("settings") ?? call.Argument("processSettings");
        if (settings is null)
            return new ProgramStart(call.Syntax, values.Text(program), "", null);
        return OfCakeArguments(call.Syntax, values.Text(program), settings);
    }

    private ProgramStart OfCakeArguments(SyntaxNode node, string program, IOperation settings)
    {
        if (settings.DescendantsAndSelf().OfType<IInvocationOperation>().Any(c =>
            c.TargetMethod.Name.StartsWith("Append", StringComparison.Ordinal)))
            return new ProgramStart(node, program, null,
                Built(settings, ["Append", "AppendQuoted", "AppendSecret", "AppendSwitch", "AppendSwitchQuoted", "AppendQuotedSecret"]));
        foreach (var assignment in settings.DescendantsAndSelf().OfType<ISimpleAssignmentOperation>())
        {
            if (assignment.Target is IPropertyReferenceOperation { Property.Name: "Arguments" })
            {
                var value = assignment.Value.Bare();
                return Make(node, program, value is IInvocationOperation { Arguments: [var text] }
                    && TextValues.IsText(text.Value) ? text.Value : value);
            }
        }

        return new ProgramStart(node, program, "", null);
    }

    private ProgramStart? OfCakeCommand(IInvocationOperation call)
    {
        var names = call.Arguments.Select(a => values.Words(a.Value)).FirstOrDefault(w => w is { Count: > 0 });
        var arguments = call.Arguments.FirstOrDefault(a => a.Parameter?.Name == "arguments")?.Value;
        return names is null || arguments is null ? null : OfCakeValue(call.Syntax, names[0], arguments);
    }

    private ProgramStart OfCakeValue(SyntaxNode node, string program, IOperation arguments) =>
        arguments.DescendantsAndSelf().OfType<IInvocationOperation>().Any(c =>
            c.TargetMethod.Name.StartsWith("Append", StringComparison.Ordinal))
            ? OfCakeArguments(node, program, arguments)
            : Make(node, program, arguments.Bare() is IInvocationOperation { Arguments: [var text] } ? text.Value : arguments);

    // [PathVariable("kubectl")] readonly Tool Kubectl; var kubectl = ToolResolver.GetPathTool("kubectl");
    private string? ToolOf(IOperation? instance)
    {
        var (symbol, value) = instance?.Bare() switch
        {
            IFieldReferenceOperation field => ((ISymbol)field.Field, (IOperation?)null),
            IPropertyReferenceOperation property => (property.Property, null),
            ILocalReferenceOperation local => (local.Local, values.WritesOf(local, local.Local).OfType<IVariableDeclaratorOperation>()
                .FirstOrDefault()?.Initializer?.Value),
            IInvocationOperation call => (call.TargetMethod, call),
            _ => (null, null),
        };
        if (value?.Bare() is IInvocationOperation { Arguments: [var name, ..] })
            return values.Text(name.Value);
        if (symbol is null or IMethodSymbol)
            return null;
        var said = symbol.GetAttributes().SelectMany(a => a.ConstructorArguments).FirstOrDefault(a => a.Value is string).Value as string;
        return said ?? symbol.Name.TrimStart('_').ToLowerInvariant();
    }

    // PowerShell.Create().AddCommand("Restart-Service").AddParameter("Name", "web")
    private List<string> ParametersOf(IInvocationOperation call)
    {
        var words = new List<string>();
        IOperation at = call;
        while (at.Parent is IInvocationOperation { TargetMethod.Name: "AddParameter" or "AddArgument" } next && next.Arguments.Length > 0)
        {
            words.Add(next.TargetMethod.Name == "AddParameter" ? "-" + values.Text(next.Arguments[0].Value)
                : values.Text(next.Arguments[0].Value));
            if (next.Arguments.Length > 1)
                words.Add(values.Text(next.Arguments[1].Value));
            at = next;
        }

        return words;
    }

    private static SyntaxNode TypeOf(IObjectCreationOperation made) =>
        made.Syntax is ObjectCreationExpressionSyntax { Type: var type } ? type : made.Syntax;

    private IEnumerable<ProgramStart> OfStartInfo(IObjectCreationOperation made)
    {
        var draft = new StartDraft(values);
        foreach (var argument in made.Arguments)
        {
            if (argument.Parameter?.Name == "fileName")
                draft.Program = argument.Value;
            else if (argument.Parameter?.Name == "arguments" && argument.ArgumentKind != ArgumentKind.DefaultValue)
                draft.Take("Arguments", argument.Value);
        }

        draft.Initialize(made.Initializer);
        draft.Later(made, HolderOf(made), "");
        return draft.Starts(TypeOf(made));
    }

    private IEnumerable<ProgramStart> OfProcess(IObjectCreationOperation made)
    {
        var draft = new StartDraft(values);
        foreach (var member in made.Members())
        {
            switch (member)
            {
                case IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property.Name: StartInfo } } nested:
                    draft.Initialize(nested.Initializer);
                    break;
                // That is made by a creation of its own.
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: StartInfo } }:
                    return [];
            }
        }

        var holder = HolderOf(made);
        if (holder is not null && values.WritesOf(made, holder).Any(w => w is ISimpleAssignmentOperation
            {
                Target: IPropertyReferenceOperation { Property.Name: StartInfo }
            }))
            return [];
        draft.Later(made, holder, StartInfo);
        return draft.Starts(TypeOf(made));
    }

    // x.StartInfo.FileName = "kubectl", where x was made elsewhere.
    private IEnumerable<ProgramStart> OfAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is not IPropertyReferenceOperation
            {
                Property: { Name: "FileName", ContainingType.Name: "ProcessStartInfo" },
                Instance: { } instance
            } || assignment.Parent is IObjectOrCollectionInitializerOperation || TextValues.RootOf(instance) is not { } root)
            return [];
        var isMadeHere = values.WritesOf(assignment, root).Any(w => w switch
        {
            IVariableDeclaratorOperation { Initializer.Value: var value } => IsMaking(value),
            ISimpleAssignmentOperation
            {
                Target: ILocalReferenceOperation or IFieldReferenceOperation
                or IPropertyReferenceOperation
            } one => IsMaking(one.Value),
            _ => false,
        });
        if (isMadeHere)
            return [];
        var draft = new StartDraft(values);
        draft.Later(assignment, root, instance.Bare() is IPropertyReferenceOperation { Property.Name: StartInfo } ? StartInfo : "");
        return draft.Starts(assignment.Syntax);
    }

    private static bool IsMaking(IOperation value) => value.Bare() is IObjectCreationOperation
    {
        Type.Name: "ProcessStartInfo"
        or "Process"
    };

    private static ISymbol? HolderOf(IObjectCreationOperation made)
    {
        IOperation at = made;
        while (at.Parent is IConversionOperation or IVariableInitializerOperation)
            at = at.Parent;
        return at.Parent switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol,
            ISimpleAssignmentOperation { Parent: not IObjectOrCollectionInitializerOperation } assignment =>
                TextValues.RootOf(assignment.Target),
            // new Process { StartInfo = new ProcessStartInfo(…) }
            ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation outer } } =>
                HolderOf(outer),
            _ => null,
        };
    }
}
