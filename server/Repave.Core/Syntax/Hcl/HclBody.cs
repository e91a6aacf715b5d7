using Repave.Core.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>An argument: a name and a value.</summary>
/// <param name="Name">The name.</param>
/// <param name="NameSpan">Where the name stands.</param>
/// <param name="Value">The value.</param>
/// <param name="Span">Where all of it stands.</param>
public sealed record HclAttribute(string Name, TextSpan NameSpan, HclExpression Value, TextSpan Span);

/// <summary>A label of a block.</summary>
/// <param name="Text">The label, without quotes.</param>
/// <param name="Span">Where it stands, quotes included.</param>
/// <param name="IsQuoted">Whether it stands in quotes.</param>
public sealed record HclLabel(string Text, TextSpan Span, bool IsQuoted)
{
    /// <summary>Where it stands, quotes not included.</summary>
    public TextSpan Inner => IsQuoted && Span.Length >= 2 ? new TextSpan(Span.Start + 1, Span.End - 1) : Span;
}

/// <summary>A block.</summary>
/// <param name="Type">The word that it begins with.</param>
/// <param name="TypeSpan">Where that stands.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Body">What it holds.</param>
/// <param name="Span">Where all of it stands, braces included.</param>
public sealed record HclBlock(string Type, TextSpan TypeSpan, IReadOnlyList<HclLabel> Labels, HclBody Body, TextSpan Span)
{
    /// <summary>The text of a label; null if it has not so many.</summary>
    public string? Label(int index) => index < Labels.Count ? Labels[index].Text : null;

    /// <summary>Where it begins: its word and its labels.</summary>
    public TextSpan Head => new(TypeSpan.Start, Labels.Count > 0 ? Labels[Labels.Count - 1].Span.End : TypeSpan.End);
}

/// <summary>What a block or a file holds: arguments and blocks.</summary>
/// <param name="span">Where, without the braces.</param>
/// <param name="attributes">The arguments, in the order of the text; of two with one name both.</param>
/// <param name="blocks">The blocks, in the order of the text.</param>
public sealed class HclBody(TextSpan span, IReadOnlyList<HclAttribute> attributes, IReadOnlyList<HclBlock> blocks)
{
    private Dictionary<string, HclAttribute>? _byName;

    /// <summary>Where, without the braces.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>The arguments.</summary>
    public IReadOnlyList<HclAttribute> Attributes { get; } = attributes;

    /// <summary>The blocks.</summary>
    public IReadOnlyList<HclBlock> Blocks { get; } = blocks;

    /// <summary>The value of an argument; null if there is none.</summary>
    public HclExpression? this[string name] => Attribute(name)?.Value;

    /// <summary>An argument; null if there is none. Of two with one name the first.</summary>
    public HclAttribute? Attribute(string name)
    {
        if (_byName is null)
        {
            var byName = new Dictionary<string, HclAttribute>(StringComparer.Ordinal);
            foreach (var attribute in Attributes)
                byName.TryAdd(attribute.Name, attribute);
            _byName = byName;
        }

        return _byName.GetValueOrDefault(name);
    }

    /// <summary>The blocks of a type.</summary>
    public IEnumerable<HclBlock> BlocksOf(string type) => Blocks.Where(b => b.Type == type);

    /// <summary>Every expression directly in it and in the blocks within it.</summary>
    public IEnumerable<HclAttribute> AllAttributes
    {
        get
        {
            var open = new Stack<HclBody>();
            open.Push(this);
            while (open.Count > 0)
            {
                var body = open.Pop();
                foreach (var attribute in body.Attributes)
                    yield return attribute;
                for (var i = body.Blocks.Count - 1; i >= 0; i--)
                    open.Push(body.Blocks[i].Body);
            }
        }
    }
}
