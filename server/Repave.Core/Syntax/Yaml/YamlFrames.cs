namespace Repave.Core.Syntax.Yaml;

/// <summary>What holds the lines below: a key, an item, or the tag of one.</summary>
/// <param name="Step">The key; <c>[]</c> for an item.</param>
/// <param name="Column">Where it stands.</param>
/// <param name="Line">Its line.</param>
/// <param name="IsItem">Whether it is an item.</param>
/// <param name="IsField">Whether it is a key.</param>
/// <param name="CanHold">Whether anything can stand below it.</param>
internal readonly record struct YamlFrame(string Step, int Column, int Line, bool IsItem, bool IsField, bool CanHold);

/// <summary>The keys and items that are open at a line.</summary>
internal sealed class YamlFrames
{
    private readonly List<YamlFrame> _frames = [];

    /// <summary>Takes a line in.</summary>
    public void Push(YamlRow row, int line)
    {
        foreach (var dash in row.Dashes)
            PushItem(dash, line);
        if (row.Key is null && (row.Tag is null || !row.IsItem))
            return;
        PopTo(row.Indent);
        if (row.Key is { } key)
            _frames.Add(new YamlFrame(key, row.Indent, line, IsItem: false, IsField: true, row.HasNoValue));
        if (row.Tag is { } tag)
            _frames.Add(new YamlFrame(tag, row.Indent, line, IsItem: false, IsField: false, row.HasNoValue));
    }

    /// <summary>Opens an item. A list may begin in the column of the key that holds it.</summary>
    public void PushItem(int column, int line)
    {
        while (_frames.Count > 0 && _frames[_frames.Count - 1] is var last
            && (last.Column > column || (last.Column == column && (last.IsItem || !last.CanHold))))
            _frames.RemoveAt(_frames.Count - 1);
        _frames.Add(new YamlFrame("[]", column, line, IsItem: true, IsField: false, CanHold: true));
    }

    /// <summary>Closes what stands in a column or behind it.</summary>
    public void PopTo(int column)
    {
        while (_frames.Count > 0 && _frames[_frames.Count - 1].Column >= column)
            _frames.RemoveAt(_frames.Count - 1);
    }

    /// <summary>Those that hold what comes next, the outermost first.</summary>
    public IReadOnlyList<YamlFrame> Holding()
    {
        while (_frames.Count > 0 && !_frames[_frames.Count - 1].CanHold)
            _frames.RemoveAt(_frames.Count - 1);
        return [.. _frames.Where(f => f.CanHold)];
    }

    /// <summary>The steps of those that hold what comes next.</summary>
    public IReadOnlyList<string> Path() => [.. Holding().Select(f => f.Step)];
}
