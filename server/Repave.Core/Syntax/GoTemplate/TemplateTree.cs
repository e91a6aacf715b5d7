namespace Repave.Core.Syntax.GoTemplate;

/// <summary>A template: a file, or one that a file defines.</summary>
internal sealed class TemplateTree(string name, string parseName, string text, object? source)
{
    private LineStarts? _lines;

    /// <summary>Its name.</summary>
    public string Name { get; set; } = name;

    /// <summary>The name of the file that it stands in.</summary>
    public string ParseName { get; } = parseName;

    /// <summary>The text of that file.</summary>
    public string Text { get; } = text;

    /// <summary>Whatever its owner wants to know it by.</summary>
    public object? Source { get; } = source;

    public TemplateList? Root { get; set; }

    /// <summary>Line (from 1) and column (in bytes) of an offset, as Go's messages give them.</summary>
    public (int Line, int Column) PositionOf(int offset)
    {
        var lines = _lines ??= new LineStarts(Text);
        var line = lines.LineOf(offset);
        var start = lines.StartOf(line);
        return (line + 1, GoQuoting.LengthOf(Text.Substring(start, offset - start)));
    }

    /// <summary>Whether nothing but space is in it.</summary>
    public bool IsEmpty => Root is null || Root.Nodes.All(node => node is TemplateTextNode text && text.Text.Trim(' ', '\t', '\r', '\n')
        .Length == 0);
}
