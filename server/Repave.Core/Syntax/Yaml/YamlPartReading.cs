using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>Reads only the entry again that an edit touches: YAML reads the lines of a block mapping's entry alike, whatever stands before
/// and behind them, where nothing in the document refers to something else in it. All that is not sure is read as a whole.</summary>
internal static class YamlPartReading
{
    /// <summary>The document after an edit; null where it has to be read as a whole.</summary>
    /// <param name="tree">Its tree before the edit.</param>
    /// <param name="before">Its text before the edit.</param>
    /// <param name="edit">The edit, in offsets of that text.</param>
    /// <param name="text">Its text after the edit.</param>
    public static YamlDocument? Read(SyntaxTree tree, string before, TextEdit edit, string text)
    {
        if (!tree.IsReadableInParts || Deepest(tree.Root, before, edit) is not { } part)
            return null;
        var (entry, lines, depth) = part;
        var end = lines.End + edit.Delta;
        // What stands behind the entry begins on a line of its own still.
        if (end < text.Length && text[end - 1] != '\n')
            return null;
        if (YamlDocumentParser.ParsePart(text.Substring(lines.Start, end - lines.Start), depth) is not { } piece
            || piece.Root is not MapNode { Entries.Count: 1 } read)
            return null;
        var indent = entry.Key.Span.Start - lines.Start;
        var key = (ScalarNode)entry.Key;
        if (read.Style != NodeStyle.Plain || read.Inherits is not null || read.Entries[0].Key is not ScalarNode { Tag: null } name
            || name.Value != key.Value || name.Style != key.Style || name.Span.Start != indent)
            return null;
        var splice = new Splice(entry, read.Entries[0], lines.Start, edit.Delta);
        return new YamlDocument(text, splice.Apply(tree.Root!, piece.Scalars, tree.Scalars.Count), []);
    }

    // The innermost entry of block mappings, seen from the root, whose lines hold the edit behind its key.
    private static (MapEntry Entry, TextSpan Lines, int Depth)? Deepest(Node? root, string text, TextEdit edit)
    {
        (MapEntry Entry, TextSpan Lines, int Depth)? best = null;
        var (node, end) = (root, text.Length);
        for (var depth = 0; node is MapNode { Style: NodeStyle.Plain, Tag: null } map; depth++)
        {
            var at = IndexOf(map, edit.Span.Start);
            if (at < 0 || map.Entries[at] is not { Key: ScalarNode { Tag: null } key } entry || edit.Span.Start < key.Span.End
                || LineOf(text, key.Span.Start) is not { } start)
                break;
            if (at + 1 < map.Entries.Count)
            {
                if (LineOf(text, map.Entries[at + 1].Key.Span.Start) is not { } next)
                    break;
                end = next;
            }

            if (edit.Span.End > end)
                break;
            best = (entry, new TextSpan(start, end), depth);
            node = entry.Value;
        }

        return best;
    }

    // The last entry that begins before an offset; -1 if none does.
    private static int IndexOf(MapNode map, int offset)
    {
        int low = 0, high = map.Entries.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (map.Entries[middle].Key.Span.Start <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    // Where a line begins on which nothing but spaces stands before an offset; null if something does.
    private static int? LineOf(string text, int offset)
    {
        while (offset > 0 && text[offset - 1] == ' ')
            offset--;
        return offset == 0 || text[offset - 1] == '\n' ? offset : null;
    }

    /// <summary>Makes the tree after an edit: what was read again takes its entry's place, everything else is as it was, moved.</summary>
    private sealed class Splice(MapEntry old, MapEntry read, int start, int delta)
    {
        private readonly List<ScalarNode> _scalars = [];
        private IReadOnlyList<ScalarNode> _read = [];
        private bool _spliced;

        public SyntaxTree Apply(Node root, IReadOnlyList<ScalarNode> readScalars, int count)
        {
            (_read, _scalars.Capacity) = (readScalars, count + readScalars.Count);
            Move(read.Key);
            Move(read.Value);
            return new SyntaxTree(Copy(root, 0), _scalars) { IsReadableInParts = true };
        }

        private void Move(Node node)
        {
            node.Span = Shifted(node.Span, start);
            if (node is MapNode map)
            {
                foreach (var entry in map.Entries)
                {
                    Move(entry.Key);
                    Move(entry.Value);
                }
            }
            else if (node is ListNode list)
            {
                foreach (var item in list.Items)
                    Move(item);
            }
        }

        // "by" is how far the text has moved: nothing before the entry, the edit's growth behind it.
        private Node Copy(Node node, int by)
        {
            switch (node)
            {
                case MapNode map:
                    var copy = new MapNode(Shifted(map.Span, by), map.Style) { Tag = map.Tag, Inherits = map.Inherits };
                    copy.Reserve(map.Entries.Count);
                    var (moved, wasSpliced) = (by, _spliced);
                    foreach (var entry in map.Entries)
                        moved = AddTo(copy, entry, moved);
                    if (_spliced != wasSpliced)
                        copy.Span = new TextSpan(copy.Span.Start, copy.Entries[copy.Entries.Count - 1].Span.End);
                    return copy;
                case ListNode list:
                    var items = new ListNode(Shifted(list.Span, by), list.Style) { Tag = list.Tag };
                    items.Reserve(list.Items.Count);
                    foreach (var item in list.Items)
                        items.Add(Copy(item, by));
                    return items;
                default:
                    var scalar = ((ScalarNode)node).Moved(by);
                    _scalars.Add(scalar);
                    return scalar;
            }
        }

        private int AddTo(MapNode copy, MapEntry entry, int by)
        {
            if (entry == old)
            {
                copy.Add(read);
                _scalars.AddRange(_read);
                _spliced = true;
                return delta;
            }

            copy.Add(new MapEntry(Copy(entry.Key, by), Copy(entry.Value, by)));
            return _spliced ? delta : by;
        }

        private static TextSpan Shifted(TextSpan span, int by) => by == 0 ? span : new TextSpan(span.Start + by, span.End + by);
    }
}
