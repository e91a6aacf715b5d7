using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Starts;

/// <summary>What is said of a <c>ProcessStartInfo</c>, piece by piece: when it is made, and afterwards.</summary>
internal sealed class StartDraft(TextValues values)
{
    private readonly List<string> _texts = [];
    private readonly List<string> _list = [];
    private bool _isList;

    /// <summary>The program.</summary>
    public IOperation? Program { get; set; }

    /// <summary>Takes a value of a property.</summary>
    public void Take(string property, IOperation value)
    {
        switch (property)
        {
            case "FileName":
                Program = value;
                break;
            case "Arguments" when values.Words(value) is { } words:
                _list.AddRange(words);
                _isList = true;
                break;
            case "Arguments":
                _texts.Add(values.Text(value));
                break;
            case "ArgumentList" when values.Words(value) is { } words:
                _list.AddRange(words);
                _isList = true;
                break;
        }
    }

    /// <summary>Reads an object initializer.</summary>
    public void Initialize(IObjectOrCollectionInitializerOperation? initializer)
    {
        foreach (var member in initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            switch (member)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } assignment:
                    Take(target.Property.Name, assignment.Value);
                    break;
                case IMemberInitializerOperation
                {
                    InitializedMember: IPropertyReferenceOperation { Property.Name: "ArgumentList" },
                    Initializer: { } list
                }:
                    foreach (var add in list.Initializers.OfType<IInvocationOperation>().Where(a => a.Arguments.Length > 0))
                        Add(add.Arguments[0].Value);
                    break;
            }
        }
    }

    /// <summary>Reads what is said of it afterwards in the same body.</summary>
    /// <param name="origin">Where it is made.</param>
    /// <param name="holder">What holds it, or the process that it belongs to; null if nothing does.</param>
    /// <param name="below">The property of the holder that it is; empty if the holder is it.</param>
    public void Later(IOperation origin, ISymbol? holder, string below)
    {
        if (holder is null)
            return;
        foreach (var write in values.WritesOf(origin, holder))
        {
            if (write.Syntax.SpanStart < origin.Syntax.SpanStart)
                continue;
            switch (write)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } target } assignment
                    when IsIt(instance, below):
                    Take(target.Property.Name, assignment.Value);
                    break;
                case ICompoundAssignmentOperation
                {
                    Target: IPropertyReferenceOperation
                    {
                        Property.Name: "Arguments",
                        Instance: { } instance
                    }
                } added
                    when IsIt(instance, below):
                    var before = _texts.Count > 0 ? _texts[_texts.Count - 1] : "";
                    _texts.Add(before + values.Text(added.Value));
                    break;
                case IInvocationOperation
                {
                    TargetMethod.Name: "Add",
                    Instance: IPropertyReferenceOperation { Property.Name: "ArgumentList", Instance: { } instance },
                    Arguments: [var word]
                } when IsIt(instance, below):
                    Add(word.Value);
                    break;
            }
        }
    }

    /// <summary>The programs that it starts: one for each text of arguments that it gets one after the other.</summary>
    public IEnumerable<ProgramStart> Starts(SyntaxNode node)
    {
        if (Program is null)
            yield break;
        if (values.WholeOf(Program) is { } line)
        {
            yield return new ProgramStart(node, "sh", null, ["-c", line]);
            yield break;
        }

        var program = values.Text(Program);
        if (_isList)
            yield return new ProgramStart(node, program, null, [.. _list]);
        else if (_texts.Count == 0)
            yield return new ProgramStart(node, program, "", null);
        foreach (var text in _isList ? [] : _texts)
            yield return new ProgramStart(node, program, text, null);
    }

    // foreach (var word in words) start.ArgumentList.Add(word);
    private void Add(IOperation word)
    {
        _isList = true;
        if (word.Bare() is ILocalReferenceOperation local && LoopOf(word, local.Local) is { } loop
            && values.Words(loop.Collection) is { } words)
            _list.AddRange(words);
        else if (word.Bare() is IParameterReferenceOperation
        {
            Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }
        }
            && EachOf(word) is { } each && values.Words(each) is { } all)
            _list.AddRange(all);
        else
            _list.Add(values.Text(word));
    }

    // words.ForEach(word => start.ArgumentList.Add(word))
    private static IOperation? EachOf(IOperation at)
    {
        for (var parent = at.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvocationOperation { TargetMethod.Name: "ForEach" } call)
                return call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        }

        return null;
    }

    private static IForEachLoopOperation? LoopOf(IOperation at, ILocalSymbol local)
    {
        for (var parent = at.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation loop && loop.Locals.Contains(local, SymbolEqualityComparer.Default))
                return loop;
        }

        return null;
    }

    // What is reached through "?." or the process's property is it as well.
    private static bool IsIt(IOperation instance, string below)
    {
        var bare = instance.Bare();
        var isBelow = bare is IPropertyReferenceOperation { Property.Name: "StartInfo" };
        return below.Length == 0 || isBelow;
    }
}
