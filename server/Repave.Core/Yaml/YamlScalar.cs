using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>How a scalar or a collection is written.</summary>
public enum YamlStyle
{
    /// <summary>Scalars: without quotes. Collections: by indentation.</summary>
    Plain,

    /// <summary>In single quotes.</summary>
    SingleQuoted,

    /// <summary>In double quotes.</summary>
    DoubleQuoted,

    /// <summary>A block scalar that keeps its line breaks (<c>|</c>).</summary>
    Literal,

    /// <summary>A block scalar that folds its lines (<c>&gt;</c>).</summary>
    Folded,

    /// <summary>Collections: in brackets or braces.</summary>
    Flow,
}

/// <summary>A scalar: its text after unquoting, and how a reader takes it.</summary>
public sealed class YamlScalar : YamlNode
{
    private ScalarKind? _kind;

    internal YamlScalar(TextSpan span, string value, YamlStyle style)
        : base(span) => (Value, Style) = (value, style);

    /// <summary>The text, unquoted, unescaped and unfolded.</summary>
    public string Value { get; }

    /// <summary>How it is written.</summary>
    public YamlStyle Style { get; }

    /// <summary>What a YAML 1.1 reader (kubectl's) takes it for.</summary>
    public ScalarKind Kind => _kind ??= Tag switch
    {
        null => Style == YamlStyle.Plain ? YamlScalars.KindOf11(Value) : ScalarKind.String,
        "tag:yaml.org,2002:str" or "!" or "tag:yaml.org,2002:binary" => ScalarKind.String,
        "tag:yaml.org,2002:int" => ScalarKind.Integer,
        "tag:yaml.org,2002:float" => ScalarKind.Float,
        "tag:yaml.org,2002:bool" => ScalarKind.Boolean,
        "tag:yaml.org,2002:null" => ScalarKind.Null,
        _ => ScalarKind.String,
    };

    /// <summary>What a reader of the YAML 1.2 core schema (and of JSON) takes it for.</summary>
    public ScalarKind Kind12 => Tag is null && Style == YamlStyle.Plain ? YamlScalars.KindOf12(Value) : Kind;

    /// <summary>Whether a YAML 1.1 reader takes it for the boolean true.</summary>
    public bool IsTrue => Kind == ScalarKind.Boolean && YamlScalars.BooleanOf(Value);

    /// <summary>Whether it is written without quotes and says nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => Kind == ScalarKind.Null;
}
