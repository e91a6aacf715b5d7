using Repave.Core.Text;

namespace Repave.Core.Syntax.Json;

/// <summary>Where a cursor stands in JSON, going by its braces, quotes and commas as far as they are there.</summary>
public sealed class JsonCursor : Cursor
{
    private static readonly Dictionary<string, string> None = [];

    private readonly FlowScan _scan;
    private readonly FlowScan.Spot _spot;

    private JsonCursor(FlowScan scan, FlowScan.Spot spot, int indent) => (_scan, _spot, Indent) = (scan, spot, indent);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Path => _spot.Holder.IsMap ? _spot.Holder.Path : [.. _spot.Holder.Path, "[]"];

    /// <inheritdoc/>
    public override string? Key => _spot.Key;

    /// <inheritdoc/>
    public override TextSpan Word => _spot.Word;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Siblings => _spot.Holder.IsMap ? _spot.Holder.Fields : None;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Head => _spot.Frames[0].Fields.Where(f => f.Value.Length > 0)
        .ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int Indent { get; }

    /// <inheritdoc/>
    public override CursorStyle Style => CursorStyle.Json;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Items => _spot.Holder.Items;

    /// <inheritdoc/>
    public override bool IsItem => !_spot.Holder.IsMap;

    /// <inheritdoc/>
    public override int ItemsBefore => _spot.ItemsBefore;

    /// <inheritdoc/>
    public override char? Quote => _spot.Quote;

    /// <inheritdoc/>
    public override bool IsQuoteClosed => _spot.IsQuoteClosed;

    /// <inheritdoc/>
    public override string? Tag => null;

    /// <inheritdoc/>
    public override bool HasColon => _spot.HasColon;

    /// <inheritdoc/>
    public override bool NeedsComma => _spot.NeedsComma;

    /// <inheritdoc/>
    public override ScalarReading Reading => JsonScalarReading.Instance;

    /// <inheritdoc/>
    public override bool IsInText => _spot.IsBehindValue;

    /// <inheritdoc/>
    public override IEnumerable<OutlineEntry> Outline => _scan.Outline;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> FieldsAround(int depth) =>
        _spot.Frames.FirstOrDefault(f => f.IsMap && f.Path.Count == depth)?.Fields ?? None;

    /// <summary>Finds out where a cursor stands; null outside of braces.</summary>
    /// <param name="text">A document.</param>
    /// <param name="offset">The cursor.</param>
    public static JsonCursor? At(string text, int offset)
    {
        offset = Math.Max(0, Math.Min(offset, text.Length));
        var start = text.IndexOfAny(['{', '[']);
        if (start < 0 || start >= offset)
            return null;
        var scan = FlowScan.Of(text, start, text.Length, offset, isJson: true, []);
        if (scan.Found is not { } spot)
            return null;
        var line = offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;
        var indent = line;
        while (indent < text.Length && text[indent] is ' ' or '\t')
            indent++;
        return new JsonCursor(scan, spot, indent - line);
    }
}
