using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Starts;

/// <summary>Methods of the project that start a program which their parameters name: what they start, with marks for the
/// parameters.</summary>
internal sealed class RunnerMethods(TextValues values, StartFinder finder)
{
    // One that calls another that starts the program.
    private const int MaxDepth = 2;

    // One dictionary for each depth, because what is seen of a method depends on it.
    private readonly ConcurrentDictionary<IMethodSymbol, IReadOnlyList<ProgramStart>>[] _known =
        [.. Enumerable.Range(0, MaxDepth + 1).Select(_ => new ConcurrentDictionary<IMethodSymbol,
            IReadOnlyList<ProgramStart>>(SymbolEqualityComparer.Default))];
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _called = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, bool> _mayStart = new();

    /// <summary>What a call of a method of the project starts.</summary>
    public IEnumerable<ProgramStart> In(IOperation call, Func<IMethodSymbol, bool> isRunner) => In(call, isRunner, 0);

    private IEnumerable<ProgramStart> In(IOperation call, Func<IMethodSymbol, bool> isRunner, int depth)
    {
        var (method, arguments) = call switch
        {
            IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments),
            IObjectCreationOperation { Constructor: { } constructor } creation => (constructor, creation.Arguments),
            _ => (null, ImmutableArray<IArgumentOperation>.Empty),
        };
        method = (method?.OriginalDefinition.PartialImplementationPart ?? method)?.OriginalDefinition;
        if (method is null || !method.Parameters.Any(TakesText) || method.DeclaringSyntaxReferences.IsEmpty || depth > MaxDepth)
            yield break;
        foreach (var start in StartsOf(method, isRunner, depth))
        {
            IOperation? Value(int ordinal) => arguments.FirstOrDefault(a => a.Parameter?.Ordinal == ordinal)?.Value;
            yield return start.With(call.Syntax, i => values.Text(Value(i)),
                i => Value(i) is { } value && !TextValues.IsText(value) ? values.Words(value) : null);
        }
    }

    // A text, or several.
    private static bool TakesText(IParameterSymbol parameter) =>
        parameter.Type is { SpecialType: SpecialType.System_String } or IArrayTypeSymbol
            or INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }] };

    private IReadOnlyList<ProgramStart> StartsOf(IMethodSymbol method, Func<IMethodSymbol, bool> isRunner, int depth)
    {
        if (_known[depth].TryGetValue(method, out var known))
            return known;
        var found = new List<ProgramStart>();
        foreach (var declared in method.DeclaringSyntaxReferences)
        {
            if (!_mayStart.GetOrAdd(declared.SyntaxTree, MayStart))
                continue;
            if (values.ModelOf(declared.SyntaxTree)?.GetOperation(declared.GetSyntax()) is not { } body)
                continue;
            foreach (var operation in body.Descendants())
            {
                if (found.Count > 16)
                    break;
                foreach (var start in finder.In(operation, isRunner).Concat(In(operation, isRunner, depth + 1)))
                {
                    if (start.DependsOnCaller(HasCallers(method)))
                        found.Add(start);
                }
            }
        }

        return _known[depth][method] = found;
    }

    /// <summary>Whether something in its own file calls a method.</summary>
    public bool HasCallers(IMethodSymbol method) => _called.GetOrAdd(method, one => one.DeclaringSyntaxReferences.Any(declared =>
        declared.SyntaxTree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            GenericNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            _ => "",
        } == one.Name)));

    // Files that name none of this start nothing themselves; most files do not.
    private static bool MayStart(SyntaxTree tree)
    {
        var text = tree.ToString();
        return Marks.Any(mark => text.IndexOf(mark, StringComparison.Ordinal) >= 0);
    }

    private static readonly string[] Marks =
        ["Process", "Cli.Wrap", "Command.Run", "SimpleExec", "Medallion", "StartShell", "Tool", "AddScript"];
}
