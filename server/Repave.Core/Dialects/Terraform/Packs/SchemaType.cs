using System.Text;

namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>A type as providers declare them, written as Terraform writes it: <c>list(string)</c>, <c>object({a=string})</c>.</summary>
public sealed class SchemaType
{
    private SchemaType(SchemaTypeKind kind, SchemaType? element = null, IReadOnlyList<KeyValuePair<string, SchemaType>>? attributes = null,
        IReadOnlyList<SchemaType>? elements = null)
    {
        Kind = kind;
        Element = element;
        Attributes = attributes ?? [];
        Elements = elements ?? [];
    }

    /// <summary>A text.</summary>
    public static SchemaType String { get; } = new(SchemaTypeKind.String);

    /// <summary>A number.</summary>
    public static SchemaType Number { get; } = new(SchemaTypeKind.Number);

    /// <summary>True or false.</summary>
    public static SchemaType Bool { get; } = new(SchemaTypeKind.Bool);

    /// <summary>Anything: the provider decides when it sees the value.</summary>
    public static SchemaType Any { get; } = new(SchemaTypeKind.Any);

    /// <summary>What kind of type it is.</summary>
    public SchemaTypeKind Kind { get; }

    /// <summary>The type of each item of a list, set or map; null for others.</summary>
    public SchemaType? Element { get; }

    /// <summary>The attributes of an object, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, SchemaType>> Attributes { get; }

    /// <summary>The types of a tuple's places.</summary>
    public IReadOnlyList<SchemaType> Elements { get; }

    /// <summary>A list of a type.</summary>
    public static SchemaType List(SchemaType element) => new(SchemaTypeKind.List, element);

    /// <summary>A set of a type.</summary>
    public static SchemaType Set(SchemaType element) => new(SchemaTypeKind.Set, element);

    /// <summary>A map to a type.</summary>
    public static SchemaType Map(SchemaType element) => new(SchemaTypeKind.Map, element);

    /// <summary>An object with these attributes.</summary>
    public static SchemaType Object(IReadOnlyList<KeyValuePair<string, SchemaType>> attributes) =>
        new(SchemaTypeKind.Object, attributes: attributes);

    /// <summary>A tuple of these types.</summary>
    public static SchemaType Tuple(IReadOnlyList<SchemaType> elements) => new(SchemaTypeKind.Tuple, elements: elements);

    /// <summary>Reads a type as <see cref="ToString"/> writes it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SchemaType Parse(string text)
    {
        var at = 0;
        var type = Read(text, ref at, 0);
        return at == text.Length ? type : throw Wrong(text);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        switch (Kind)
        {
            case SchemaTypeKind.String:
                text.Append("string");
                return;
            case SchemaTypeKind.Number:
                text.Append("number");
                return;
            case SchemaTypeKind.Bool:
                text.Append("bool");
                return;
            case SchemaTypeKind.Any:
                text.Append("any");
                return;
            case SchemaTypeKind.Object:
                text.Append("object({");
                for (var i = 0; i < Attributes.Count; i++)
                {
                    text.Append(i > 0 ? "," : "").Append(Attributes[i].Key).Append('=');
                    Attributes[i].Value.Write(text);
                }

                text.Append("})");
                return;
            case SchemaTypeKind.Tuple:
                text.Append("tuple([");
                for (var i = 0; i < Elements.Count; i++)
                {
                    text.Append(i > 0 ? "," : "");
                    Elements[i].Write(text);
                }

                text.Append("])");
                return;
            default:
                text.Append(Kind == SchemaTypeKind.List ? "list(" : Kind == SchemaTypeKind.Set ? "set(" : "map(");
                Element!.Write(text);
                text.Append(')');
                return;
        }
    }

    private static SchemaType Read(string text, ref int at, int depth)
    {
        if (depth > 64)
            throw Wrong(text);
        var word = Word(text, ref at);
        switch (word)
        {
            case "string":
                return String;
            case "number":
                return Number;
            case "bool":
                return Bool;
            case "any":
                return Any;
            case "list" or "set" or "map":
                Expect(text, ref at, "(");
                var element = Read(text, ref at, depth + 1);
                Expect(text, ref at, ")");
                return word == "list" ? List(element) : word == "set" ? Set(element) : Map(element);
            case "object":
                var attributes = new List<KeyValuePair<string, SchemaType>>();
                Expect(text, ref at, "({");
                while (at < text.Length && text[at] != '}')
                {
                    if (attributes.Count > 0)
                        Expect(text, ref at, ",");
                    var name = Word(text, ref at);
                    Expect(text, ref at, "=");
                    attributes.Add(new KeyValuePair<string, SchemaType>(name, Read(text, ref at, depth + 1)));
                }

                Expect(text, ref at, "})");
                return Object(attributes);
            case "tuple":
                var elements = new List<SchemaType>();
                Expect(text, ref at, "([");
                while (at < text.Length && text[at] != ']')
                {
                    if (elements.Count > 0)
                        Expect(text, ref at, ",");
                    elements.Add(Read(text, ref at, depth + 1));
                }

                Expect(text, ref at, "])");
                return Tuple(elements);
            default:
                throw Wrong(text);
        }
    }

    private static string Word(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-'))
            at++;
        return text.Substring(start, at - start);
    }

    private static void Expect(string text, ref int at, string expected)
    {
        if (string.CompareOrdinal(text, at, expected, 0, expected.Length) != 0)
            throw Wrong(text);
        at += expected.Length;
    }

    private static FormatException Wrong(string text) => new($"Not a type: '{text}'.");
}
