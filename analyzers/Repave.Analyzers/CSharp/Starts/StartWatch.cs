using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Starts;

/// <summary>Looks at the programs that code starts, once for all rules on them.</summary>
internal sealed class StartWatch
{
    private readonly TextValues _values;
    private readonly StartFinder _finder;
    private readonly RunnerMethods _runners;
    private readonly BuildSettings _settings;

    /// <summary>Makes one for a compilation.</summary>
    public StartWatch(Compilation compilation, BuildSettings settings)
    {
        _values = TextValues.Of(compilation);
        _finder = new StartFinder(_values);
        _runners = new RunnerMethods(_values, _finder);
        _settings = settings;
    }

    /// <summary>What texts are.</summary>
    public TextValues Values => _values;

    /// <summary>The effects of what an operation starts, and what to underline.</summary>
    public IEnumerable<(SyntaxNode Node, CommandEffect Effect)> Look(IOperation operation)
    {
        var runners = _settings.Options.ListOf(operation.Syntax.SyntaxTree, "repave_command_runners");
        bool IsRunner(IMethodSymbol method) => runners.Count > 0 && runners.Any(r => IsNamed(method, r));
        foreach (var start in _finder.In(operation, IsRunner))
        {
            if (!DependsOnCaller(start, operation) && start.Effect is { } effect)
                yield return (start.Node, effect);
        }

        if (operation is IInvocationOperation call && IsRunner(call.TargetMethod))
            yield break;
        foreach (var start in _runners.In(operation, IsRunner))
        {
            if (!DependsOnCaller(start, operation) && start.Effect is { } effect)
            {
                yield return (start.Node, effect);
                yield break;
            }
        }
    }

    private bool DependsOnCaller(ProgramStart start, IOperation operation)
    {
        if (!start.HasParameter)
            return false;
        var symbol = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
            symbol = symbol.ContainingSymbol;
        return start.DependsOnCaller(symbol is IMethodSymbol method && _runners.HasCallers(method));
    }

    // MyRunner.Run, or with namespaces before it.
    private static bool IsNamed(IMethodSymbol method, string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot < 0)
            return method.Name == name;
        if (method.Name != name.Substring(dot + 1) || method.ContainingType is not { } type)
            return false;
        var owner = name.Substring(0, dot);
        return type.Name == owner || type.ToDisplayString() == owner || type.ToDisplayString().EndsWith("." + owner,
            StringComparison.Ordinal)
            || type.AllInterfaces.Any(i => i.Name == owner);
    }
}
