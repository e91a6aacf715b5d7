using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp;

/// <summary>A rule on objects as they are made: what they are given, and what they lack.</summary>
public abstract class CreationRule : CSharpRule
{
    /// <summary>What to say of an object, and how to mend it; null if there is nothing wrong with it.</summary>
    internal abstract (string Message, CSharpFix? Fix)? Judge(IObjectCreationOperation creation);

    internal override void Register(RuleRegistry registry)
    {
        foreach (var type in Types)
            registry.OnCreation(this, type.Substring(type.LastIndexOf('.') + 1), Look);
    }

    private void Look(IObjectCreationOperation creation, OperationSink sink)
    {
        if (!sink.Knows(creation.Type) || Judge(creation) is not var (message, fix))
            return;
        // A fix needs the whole expression, whoever reads only the type.
        sink.Add(creation.Syntax is ObjectCreationExpressionSyntax { Type: var type } ? type : creation.Syntax, message, fix);
    }
}
