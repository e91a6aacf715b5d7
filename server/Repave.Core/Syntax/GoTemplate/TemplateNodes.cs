using System.Text;

namespace Repave.Core.Syntax.GoTemplate;

#pragma warning disable SA1402 // The nodes of one tree belong together.

/// <summary>A part of a template. Its text is what Go's messages show of it.</summary>
/// <param name="tree">The template that it is written in.</param>
/// <param name="start">Where it begins in that text.</param>
internal abstract class TemplateNode(TemplateTree tree, int start)
{
    public TemplateTree Tree { get; } = tree;

    public int Start { get; } = start;

    /// <summary>Where the action or text that it is ends; 0 for what stands inside an action.</summary>
    public int End { get; set; }
}

/// <summary>Nodes one after another.</summary>
internal sealed class TemplateList(TemplateTree tree, int start) : TemplateNode(tree, start)
{
    public List<TemplateNode> Nodes { get; } = [];

    public override string ToString() => string.Concat(Nodes);
}

/// <summary>Text that is written as it is.</summary>
internal sealed class TemplateTextNode(TemplateTree tree, int start, string text) : TemplateNode(tree, start)
{
    public string Text { get; } = text;

    public override string ToString() => Text;
}

/// <summary>A pipeline whose value is written.</summary>
internal sealed class TemplateAction(TemplateTree tree, int start, TemplatePipe pipe) : TemplateNode(tree, start)
{
    public TemplatePipe Pipe { get; } = pipe;

    public override string ToString() => "{{" + Pipe + "}}";
}

/// <summary><c>if</c>, <c>with</c> and <c>range</c>.</summary>
internal sealed class TemplateBranch(
    TemplateTree tree, int start, TemplateTokenKind word, TemplatePipe pipe, TemplateList list, TemplateList? otherwise)
    : TemplateNode(tree, start)
{
    public TemplateTokenKind Word { get; } = word;

    public TemplatePipe Pipe { get; } = pipe;

    public TemplateList List { get; } = list;

    public TemplateList? Else { get; } = otherwise;

    public override string ToString() =>
        "{{" + Word.ToString().ToLowerInvariant() + " " + Pipe + "}}" + List + (Else is null ? "" : "{{else}}" + Else) + "{{end}}";
}

/// <summary>A call of a named template.</summary>
internal sealed class TemplateCall(TemplateTree tree, int start, string name, TemplatePipe? pipe) : TemplateNode(tree, start)
{
    public string Name { get; } = name;

    public TemplatePipe? Pipe { get; } = pipe;

    public override string ToString() => "{{template " + GoQuoting.Quote(Name) + (Pipe is null ? "" : " " + Pipe) + "}}";
}

/// <summary><c>break</c>, <c>continue</c>, and while parsing <c>end</c> and <c>else</c>.</summary>
internal sealed class TemplateWord(TemplateTree tree, int start, TemplateTokenKind word) : TemplateNode(tree, start)
{
    public TemplateTokenKind Word { get; } = word;

    public override string ToString() => Word switch
    {
        TemplateTokenKind.Break => "{{break}}",
        TemplateTokenKind.Continue => "{{continue}}",
        TemplateTokenKind.Else => "{{else}}",
        _ => "{{end}}",
    };
}

/// <summary>Commands, each given the value of the one before it.</summary>
internal sealed class TemplatePipe(TemplateTree tree, int start) : TemplateNode(tree, start)
{
    public bool IsAssignment { get; set; }

    public List<TemplateVariable> Variables { get; } = [];

    public List<TemplateCommand> Commands { get; } = [];

    public override string ToString()
    {
        var text = new StringBuilder();
        if (Variables.Count > 0)
            text.Append(string.Join(", ", Variables)).Append(IsAssignment ? " = " : " := ");
        return text.Append(string.Join(" | ", Commands)).ToString();
    }
}

/// <summary>A function, field or value, with what it is given.</summary>
internal sealed class TemplateCommand(TemplateTree tree, int start) : TemplateNode(tree, start)
{
    public List<TemplateNode> Arguments { get; } = [];

    public override string ToString() =>
        string.Join(" ", Arguments.Select(argument => argument is TemplatePipe ? "(" + argument + ")" : argument.ToString()));
}

/// <summary><c>.A.B</c>.</summary>
internal sealed class TemplateField(TemplateTree tree, int start, IReadOnlyList<string> names) : TemplateNode(tree, start)
{
    public IReadOnlyList<string> Names { get; } = names;

    public override string ToString() => "." + string.Join(".", Names);
}

/// <summary><c>$x</c> and <c>$x.A.B</c>.</summary>
internal sealed class TemplateVariable(TemplateTree tree, int start, IReadOnlyList<string> names) : TemplateNode(tree, start)
{
    public IReadOnlyList<string> Names { get; } = names;

    public override string ToString() => string.Join(".", Names);
}

/// <summary><c>(…).A.B</c>.</summary>
internal sealed class TemplateChain(TemplateTree tree, int start, TemplateNode node, IReadOnlyList<string> names)
    : TemplateNode(tree, start)
{
    public TemplateNode Node { get; } = node;

    public IReadOnlyList<string> Names { get; } = names;

    public override string ToString() => (Node is TemplatePipe ? "(" + Node + ")" : Node.ToString()) + "." + string.Join(".", Names);
}

/// <summary>The name of a function.</summary>
internal sealed class TemplateIdentifier(TemplateTree tree, int start, string name) : TemplateNode(tree, start)
{
    public string Name { get; } = name;

    public override string ToString() => Name;
}

/// <summary>The dot.</summary>
internal sealed class TemplateDot(TemplateTree tree, int start) : TemplateNode(tree, start)
{
    public override string ToString() => ".";
}

/// <summary><c>nil</c>.</summary>
internal sealed class TemplateNil(TemplateTree tree, int start) : TemplateNode(tree, start)
{
    public override string ToString() => "nil";
}

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class TemplateBool(TemplateTree tree, int start, bool value) : TemplateNode(tree, start)
{
    public bool Value { get; } = value;

    public override string ToString() => Value ? "true" : "false";
}

/// <summary>A text.</summary>
internal sealed class TemplateString(TemplateTree tree, int start, string quoted, string text) : TemplateNode(tree, start)
{
    public string Text { get; } = text;

    public override string ToString() => quoted;
}

/// <summary>A number as it is written, and what it can be taken for.</summary>
internal sealed class TemplateNumber(TemplateTree tree, int start, string text, long? integer, double? real) : TemplateNode(tree, start)
{
    public string Text { get; } = text;

    public long? Integer { get; } = integer;

    public double? Real { get; } = real;

    /// <summary>Whether it is one that fits no 64 bits with a sign.</summary>
    public bool IsTooLarge { get; set; }

    public override string ToString() => Text;
}
