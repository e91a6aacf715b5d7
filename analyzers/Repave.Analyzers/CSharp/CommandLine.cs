using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp;

/// <summary>A program that code starts, as far as the code says it.</summary>
/// <param name="Program">The program, without folder and ending.</param>
/// <param name="Arguments">Its arguments joined by spaces; … stands for what is known only when it runs.</param>
internal sealed record CommandLine(string Program, string Arguments)
{
    private const string Unknown = "…";

    /// <summary>What <c>Process.Start</c> or CliWrap's <c>WithArguments</c> starts; null if that is not known.</summary>
    public static CommandLine? Of(IInvocationOperation call)
    {
        if (call.TargetMethod.Name == "WithArguments")
            return ProgramOf(call.Instance) is { } wrapped && call.Arguments.Length > 0 ? Make(wrapped, TextOf(call.Arguments[0].Value))
                : null;
        return call.Argument("fileName").Text() is { } program
            ? Make(program, call.Argument("arguments") is { } arguments ? TextOf(arguments) : "")
            : null;
    }

    /// <summary>What a <c>ProcessStartInfo</c> starts; null if that is not known.</summary>
    public static CommandLine? Of(IObjectCreationOperation creation)
    {
        IOperation? Given(string parameter, string property) =>
            creation.Arguments.FirstOrDefault(a => a.Parameter?.Name == parameter)?.Value ?? creation.ValueOf(property);
        if (Given("fileName", "FileName").Text() is not { } program)
            return null;
        var arguments = Given("arguments", "Arguments") is { } said ? TextOf(said) : ListOf(creation);
        return Make(program, arguments);
    }

    private static CommandLine Make(string program, string arguments) =>
        new(Path.GetFileNameWithoutExtension(program.Replace('\\', '/')), arguments.Trim());

    // Cli.Wrap("kubectl").WithWorkingDirectory(…).WithArguments(…)
    private static string? ProgramOf(IOperation? receiver)
    {
        while (receiver?.Bare() is IInvocationOperation call)
        {
            if (call.TargetMethod is { Name: "Wrap", ContainingType.Name: "Cli" } && call.Arguments.Length > 0)
                return call.Arguments[0].Value.Text();
            receiver = call.Instance;
        }

        return null;
    }

    private static string ListOf(IObjectCreationOperation creation)
    {
        foreach (var member in creation.Members())
        {
            if (member is IMemberInitializerOperation
                {
                    InitializedMember: IPropertyReferenceOperation { Property.Name: "ArgumentList" },
                    Initializer: { } list
                })
                return string.Join(" ", list.Initializers.OfType<IInvocationOperation>()
                    .Select(add => add.Arguments.Length > 0 ? TextOf(add.Arguments[0].Value) : Unknown));
        }

        return "";
    }

    private static string TextOf(IOperation value)
    {
        var bare = value.Bare();
        if (bare.Text() is { } text)
            return text;
        return bare switch
        {
            IInterpolatedStringOperation interpolated =>
                string.Concat(interpolated.Parts.Select(p => p is IInterpolatedStringTextOperation part ? part.Text.Text() : Unknown)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => TextOf(sum.LeftOperand) + TextOf(sum.RightOperand),
            IArrayCreationOperation { Initializer: { } items } => string.Join(" ", items.ElementValues.Select(TextOf)),
            IObjectCreationOperation { Initializer: { } items } => string.Join(" ", items.Initializers.OfType<IInvocationOperation>()
                .Select(add => add.Arguments.Length > 0 ? TextOf(add.Arguments[0].Value) : Unknown)),
            // A collection expression has no operation of its own in Roslyn 4.5.
            _ when bare.Syntax.ToString() is ['[', .., ']'] => string.Join(" ", bare.ChildOperations.Select(TextOf)),
            _ => Unknown,
        };
    }
}
