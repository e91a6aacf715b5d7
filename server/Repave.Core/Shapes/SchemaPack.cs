using System.Globalization;
using Repave.Core.Text;

namespace Repave.Core.Shapes;

/// <summary>A resource type that a pack describes.</summary>
/// <param name="ApiVersion">Group and version as manifests write them (<c>apps/v1</c>).</param>
/// <param name="Kind">The kind.</param>
/// <param name="Plural">The name in addresses (<c>deployments</c>).</param>
/// <param name="IsNamespaced">Whether its resources live in namespaces.</param>
/// <param name="Type">The type that describes it, in the same pack.</param>
public sealed record PackKind(string ApiVersion, string Kind, string Plural, bool IsNamespaced, string Type);

/// <summary>A schema pack: lines of text (see schemas/README.md) of which only those asked for are read.</summary>
public sealed class SchemaPack
{
    private const string DefaultAttribute = "default=";
    private const string ItemPrefix = "item-";
    private const string MergeAttribute = "merge=";

    private const string Atomic = "@atomic ";

    private readonly string _text;
    private readonly HashSet<string> _atomic = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> _scalars = new(StringComparer.Ordinal);
    private readonly Dictionary<(string ApiVersion, string Kind), PackKind> _kinds = [];
    private readonly Dictionary<string, List<PackKind>> _byKind = new(StringComparer.Ordinal);
    private readonly object _lock = new();

    /// <summary>Reads a pack's kinds and finds where its types begin.</summary>
    /// <exception cref="FormatException">The text is no schema pack.</exception>
    public SchemaPack(string text)
    {
        _text = text;
        var line = 0;
        while (line < text.Length)
        {
            var end = text.IndexOf('\n', line);
            if (end < 0)
                end = text.Length;
            if (text[line] == '@' && string.CompareOrdinal(text, line, Atomic, 0, Atomic.Length) == 0)
                _atomic.Add(text.Substring(line + Atomic.Length, end - line - Atomic.Length));
            else if (text[line] == '@')
                AddKind(text.Substring(line, end - line));
            else if (text[line] == '[')
                _types[text.Substring(line + 1, end - line - 2)] = end + 1;
            line = end + 1;
        }
    }

    /// <summary>All resource types.</summary>
    public IEnumerable<PackKind> Kinds => _kinds.Values;

    /// <summary>The names of all types.</summary>
    public IEnumerable<string> TypeNames => _types.Keys;

    /// <summary>A resource type, or null.</summary>
    public PackKind? Kind(string apiVersion, string kind) => _kinds.TryGetValue((apiVersion, kind), out var found) ? found : null;

    /// <summary>The resource types of a kind's name, in every apiVersion.</summary>
    public IReadOnlyList<PackKind> KindsNamed(string kind) => _byKind.TryGetValue(kind, out var found) ? found : [];

    /// <summary>The shape of a type.</summary>
    /// <exception cref="KeyNotFoundException">The pack has no such type.</exception>
    public Shape Type(string name)
    {
        lock (_lock)
        {
            if (_shapes.TryGetValue(name, out var shape))
                return shape;
            shape = new Shape { Name = name, Types = ShapeTypes.Object, Fields = new ShapeFields(), IsAtomic = _atomic.Contains(name) };
            _shapes[name] = shape;
            ReadFields(shape, _types[name]);
            return shape;
        }
    }

    private void AddKind(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length != 6 || parts[0] != "@kind")
            throw new FormatException($"Not a line of a schema pack: '{line}'.");
        var kind = new PackKind(parts[1], parts[2], parts[3], parts[4] == "namespaced", parts[5]);
        _kinds[(kind.ApiVersion, kind.Kind)] = kind;
        if (!_byKind.TryGetValue(kind.Kind, out var versions))
            _byKind[kind.Kind] = versions = [];
        versions.Add(kind);
    }

    private void ReadFields(Shape shape, int line)
    {
        while (line < _text.Length && _text[line] is not ('[' or '@'))
        {
            var end = _text.IndexOf('\n', line);
            if (end < 0)
                end = _text.Length;
            var parts = _text.Substring(line, end - line).Split(' ');
            line = end + 1;
            if (parts[0][0] == '~')
            {
                shape.Demands = [.. shape.Demands, FieldDemand.Parse(parts)];
                continue;
            }

            parts[1] = Absolute(parts[1], shape.Name);
            shape.Fields!.Add(FieldOf(parts));
        }
    }

    // A type that begins with a point stands below the same resource type.
    private static string Absolute(string type, string holder)
    {
        var start = 0;
        while (start + 1 < type.Length && type[start] is '[' or '{')
            start += 2;
        if (start >= type.Length || type[start] != '.')
            return type;
        var own = holder.IndexOf('.') is var dot && dot < 0 ? holder : holder.Substring(0, dot);
        return type.Substring(0, start) + own + type.Substring(start);
    }

    private ShapeField FieldOf(string[] parts)
    {
        var name = parts[0];
        var presence = Presence.Optional;
        if (name.EndsWith('!'))
        {
            name = name.Substring(0, name.Length - 1);
            // A text has no zero value that a server could take for it.
            presence = parts[1] == "string" ? Presence.Required : Presence.Documented;
        }

        for (var i = 2; i < parts.Length; i++)
        {
            presence = parts[i] switch
            {
                "required" => Presence.Required,
                "not-empty" => Presence.NotEmpty,
                "optional" => Presence.Optional,
                _ => presence,
            };
        }

        return new ShapeField(name, () => Resolve(parts), presence)
        {
            IsValue = Array.IndexOf(parts, "value") > 1,
            Update = Array.IndexOf(parts, "replaces") > 1 ? UpdateEffect.Replaces : Array.IndexOf(parts, "may-replace") > 1
                ? UpdateEffect.MayReplace
                : UpdateEffect.Unsaid,
            IsPhysicalName = Array.IndexOf(parts, "physical-name") > 1,
            Patch = Array.TrueForAll(parts,
                p => !p.StartsWith("merge", StringComparison.Ordinal) && p is not ("retain-keys" or "patch-replaces"))
                ? PatchStrategy.None
                : new PatchStrategy(
                Array.Exists(parts, p => p == "merge" || p.StartsWith(MergeAttribute, StringComparison.Ordinal)),
                Array.Find(parts, p => p.StartsWith(MergeAttribute, StringComparison.Ordinal))?.Substring(MergeAttribute.Length),
                Array.IndexOf(parts, "retain-keys") > 1, Array.IndexOf(parts, "patch-replaces") > 1),
            DropsZero = Array.IndexOf(parts, "drops-zero") > 1,
            // A pointer in Go: its default takes the place of nothing, not of an empty text.
            KeepsEmpty = !parts[0].EndsWith("!", StringComparison.Ordinal) && Array.IndexOf(parts, "drops-zero") < 0
                && Array.IndexOf(parts, "optional") < 0
                && Array.Exists(parts, p => p.StartsWith(DefaultAttribute, StringComparison.Ordinal)),
            Default = parts.Skip(2).LastOrDefault(p => p.StartsWith(DefaultAttribute, StringComparison.Ordinal))
                ?.Substring(DefaultAttribute.Length),
        };
    }

    private Shape Resolve(string[] parts)
    {
        lock (_lock)
        {
            // Fields without attributes share the shape of their type.
            return parts.Skip(2).All(IsPresence) ? TypeOf(parts[1]) : WithAttributes(TypeOf(parts[1], fresh: true), parts);
        }
    }

    private Shape TypeOf(string type, bool fresh = false)
    {
        if (!fresh && _scalars.TryGetValue(type, out var known))
            return known;
        Shape shape;
        if (type.StartsWith("[]", StringComparison.Ordinal))
            shape = new Shape { Types = ShapeTypes.Array, Items = TypeOf(type.Substring(2)) };
        else if (type.StartsWith("{}", StringComparison.Ordinal))
            shape = new Shape { Types = ShapeTypes.Object, Additional = TypeOf(type.Substring(2)) };
        else
        {
            shape = type switch
            {
                "string" => new Shape { Types = ShapeTypes.String },
                "boolean" => new Shape { Types = ShapeTypes.Boolean },
                "int32" => new Shape { Types = ShapeTypes.Integer, Format = "int32" },
                "int64" => new Shape { Types = ShapeTypes.Integer, Format = "int64" },
                "number" => new Shape { Types = ShapeTypes.Number },
                "quantity" => new Shape { Types = ShapeTypes.String | ShapeTypes.Number, Format = "quantity" },
                "int-or-string" => new Shape { Types = ShapeTypes.String | ShapeTypes.Integer, Format = "int-or-string" },
                "bytes" => new Shape { Types = ShapeTypes.String, Format = "byte" },
                "date-time" => new Shape { Types = ShapeTypes.String, Format = "date-time" },
                "scalar" => new Shape { Types = ShapeTypes.String | ShapeTypes.Number | ShapeTypes.Boolean },
                "any" => Shape.Anything,
                _ => Type(type),
            };
        }

        if (!fresh)
            _scalars[type] = shape;
        return shape;
    }

    private static Shape WithAttributes(Shape shape, string[] parts)
    {
        for (var i = 2; i < parts.Length; i++)
        {
            var equals = parts[i].IndexOf('=');
            var (name, value) = equals < 0 ? (parts[i], "") : (parts[i].Substring(0, equals), parts[i].Substring(equals + 1));
            switch (name)
            {
                case "refuses-duplicates":
                    shape.RefusesDuplicates = true;
                    break;
                case "atomic":
                    shape.IsAtomic = true;
                    break;
                case "unique":
                    shape.UniqueItems = true;
                    break;
                case "list":
                    shape.ListKind = value == "map" ? ListKind.Map : ListKind.Set;
                    break;
                case "key":
                    shape.ListKeys = value.Split(',');
                    break;
                case "min-items":
                    shape.MinItems = Whole(value);
                    break;
                case "max-items":
                    shape.MaxItems = Whole(value);
                    break;
                case "min-fields":
                    shape.MinFields = Whole(value);
                    break;
                case "max-fields":
                    shape.MaxFields = Whole(value);
                    break;
                case "key-format":
                    shape.KeyFormat = value;
                    break;
                case "value-format":
                    shape.Additional = new Shape { Types = shape.Additional!.Types, Format = value };
                    break;
                case "ignore-case":
                    (shape.Items ?? shape).EnumIgnoresCase = true;
                    break;
                case "unsure":
                    (shape.Items ?? shape).IsEnumUnsure = true;
                    break;
                default:
                    if (!name.StartsWith(ItemPrefix, StringComparison.Ordinal))
                    {
                        Demand(shape, name, value);
                        break;
                    }

                    // Lists share the shapes of their items until one of them says more.
                    if (shape.Items is null || i == 2 || Array.FindIndex(parts, 2, i - 2, IsItemAttribute) < 0)
                        shape.Items = new Shape { Types = shape.Items?.Types ?? ShapeTypes.String, Format = shape.Items?.Format };
                    Demand(shape.Items, name.Substring(ItemPrefix.Length), value);
                    break;
            }
        }

        return shape;
    }

    private static bool IsItemAttribute(string attribute) => attribute.StartsWith(ItemPrefix, StringComparison.Ordinal);

    private static void Demand(Shape shape, string name, string value)
    {
        switch (name)
        {
            case "enum":
                shape.Enum = (shape.Types & ShapeTypes.String) != 0 ? Strings(value) : value.Split(',');
                break;
            case "min":
                shape.Minimum = double.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "max":
                shape.Maximum = double.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "min-length":
                shape.MinLength = Whole(value);
                break;
            case "max-length":
                shape.MaxLength = Whole(value);
                break;
            case "pattern":
                shape.Pattern = BoundedRegex.TryCreate(Unescape(value));
                break;
            case "format":
                shape.Format = value;
                break;
        }
    }

    private static int Whole(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static bool IsPresence(string attribute) =>
        attribute is "required" or "not-empty" or "optional" or "value" or "drops-zero" or "replaces" or "may-replace" or "physical-name"
            or "merge" or "retain-keys" or "patch-replaces"
            || attribute.StartsWith(DefaultAttribute, StringComparison.Ordinal)
            || attribute.StartsWith(MergeAttribute, StringComparison.Ordinal);

    private static string[] Strings(string value) => Array.ConvertAll(value.Split(','), v => CanonicalJson.Quote(Unescape(v)));

    // Spaces, commas and line ends are written as %20 and the like.
    private static string Unescape(string text) => text.IndexOf('%') < 0 ? text : Uri.UnescapeDataString(text);
}
