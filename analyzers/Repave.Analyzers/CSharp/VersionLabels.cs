using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp;

/// <summary>Labels that change with each release.</summary>
internal static class VersionLabels
{
    private static readonly string[] Names = ["version", "app.kubernetes.io/version", "helm.sh/chart", "pod-template-hash"];

    /// <summary>The first of them that a dictionary is made with; null if there is none.</summary>
    public static string? In(IOperation value)
    {
        if (value.Bare() is not IObjectCreationOperation { Initializer: { } initializer })
            return null;
        foreach (var member in initializer.Initializers)
        {
            var key = member switch
            {
                IInvocationOperation { Arguments.Length: 2 } add => add.Arguments[0].Value.Text(),
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: 1 } index } =>
                    index.Arguments[0].Value.Text(),
                _ => null,
            };
            if (key is not null && Names.Contains(key))
                return key;
        }

        return null;
    }
}
