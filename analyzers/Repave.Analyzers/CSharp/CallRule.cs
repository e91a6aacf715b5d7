using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp;

/// <summary>A rule on calls of methods.</summary>
public abstract class CallRule : CSharpRule
{
    /// <summary>The methods, without the ending of their asynchronous twins.</summary>
    public abstract IReadOnlyList<string> Methods { get; }

    /// <summary>What to say of a call; null if there is nothing wrong with it.</summary>
    internal abstract string? Judge(IInvocationOperation call);

    internal override void Register(RuleRegistry registry)
    {
        foreach (var method in Methods)
            registry.OnCall(this, method, Look);
    }

    private void Look(IInvocationOperation call, OperationSink sink)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        if (sink.Knows(method.ContainingType) && Judge(call) is { } message
            && !call.Arguments.Any(a => a.Value.PartlyKnownText() is { Length: > 0 } text && sink.Allows("allowed_images", text)))
            sink.Add(NameOf(call.Syntax), message);
    }

    private static SyntaxNode NameOf(SyntaxNode syntax) => syntax is InvocationExpressionSyntax { Expression: var called }
        ? called switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            _ => called,
        }
        : syntax;
}
