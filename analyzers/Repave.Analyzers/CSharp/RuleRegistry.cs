using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp;

/// <summary>Which rules look at which operations, by the names in them, so that code that has nothing to do with any library costs next to
/// nothing.</summary>
internal sealed class RuleRegistry
{
    private static readonly string[] Suffixes = ["Async", "WithHttpMessagesAsync"];

    private readonly Dictionary<string, List<(CSharpRule Rule, Action<IInvocationOperation, OperationSink> Look)>> _calls =
        new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(CSharpRule Rule, Action<ISimpleAssignmentOperation, OperationSink> Look)>> _assignments =
        new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(CSharpRule Rule, Action<IObjectCreationOperation, OperationSink> Look)>> _creations =
        new(StringComparer.Ordinal);

    private readonly Dictionary<CommandKind, CommandLineRule> _starts = [];

    /// <summary>Whether there is anything to look at.</summary>
    public bool IsEmpty => _calls.Count + _assignments.Count + _creations.Count + _starts.Count == 0;

    /// <summary>The rules on programs that are started, by what their commands are about.</summary>
    public IReadOnlyDictionary<CommandKind, CommandLineRule> Starts => _starts;

    /// <summary>A rule looks at programs that are started.</summary>
    public void OnStart(CommandLineRule rule) => _starts[rule.Kind] = rule;

    /// <summary>A rule looks at calls of a method, and of its twins for asynchronous use.</summary>
    public void OnCall(CSharpRule rule, string method, Action<IInvocationOperation, OperationSink> look)
    {
        Add(_calls, method, (rule, look));
        foreach (var suffix in Suffixes)
            Add(_calls, method + suffix, (rule, look));
    }

    /// <summary>A rule looks at values given to a property.</summary>
    public void OnAssignment(CSharpRule rule, string property, Action<ISimpleAssignmentOperation, OperationSink> look) =>
        Add(_assignments, property, (rule, look));

    /// <summary>A rule looks at objects made of a type.</summary>
    public void OnCreation(CSharpRule rule, string type, Action<IObjectCreationOperation, OperationSink> look) =>
        Add(_creations, type, (rule, look));

    /// <summary>The rules that look at a call.</summary>
    public IReadOnlyList<(CSharpRule Rule, Action<IInvocationOperation, OperationSink> Look)> Of(IInvocationOperation call) =>
        Find(_calls, call.TargetMethod.Name);

    /// <summary>The rules that look at an assignment.</summary>
    public IReadOnlyList<(CSharpRule Rule, Action<ISimpleAssignmentOperation, OperationSink> Look)> Of(
        ISimpleAssignmentOperation assignment) =>
        assignment.Target is IPropertyReferenceOperation property ? Find(_assignments, property.Property.Name) : [];

    /// <summary>The rules that look at a creation.</summary>
    public IReadOnlyList<(CSharpRule Rule, Action<IObjectCreationOperation, OperationSink> Look)> Of(IObjectCreationOperation creation) =>
        creation.Type is { } type ? Find(_creations, type.Name) : [];

    private static void Add<T>(Dictionary<string, List<T>> to, string name, T one)
    {
        if (!to.TryGetValue(name, out var list))
            to[name] = list = [];
        list.Add(one);
    }

    private static IReadOnlyList<T> Find<T>(Dictionary<string, List<T>> among, string name) =>
        among.TryGetValue(name, out var list) ? list : [];
}
