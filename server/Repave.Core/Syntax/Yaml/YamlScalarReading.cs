namespace Repave.Core.Syntax.Yaml;

/// <summary>How YAML's scalars are read: by the platforms as YAML 1.1, by JSON Schemas as the YAML 1.2 core schema.</summary>
public sealed class YamlScalarReading : ScalarReading
{
    private YamlScalarReading()
    {
    }

    /// <summary>The reading.</summary>
    public static YamlScalarReading Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "YAML 1.1";

    /// <inheritdoc/>
    public override ScalarKind KindOf(ScalarNode scalar, bool asPlatform) => scalar.Tag switch
    {
        null => scalar.Style == NodeStyle.Plain ? KindOfPlain(scalar.Value, asPlatform) : ScalarKind.String,
        "tag:yaml.org,2002:int" => ScalarKind.Integer,
        "tag:yaml.org,2002:float" => ScalarKind.Float,
        "tag:yaml.org,2002:bool" => ScalarKind.Boolean,
        "tag:yaml.org,2002:null" => ScalarKind.Null,
        _ => ScalarKind.String,
    };

    /// <inheritdoc/>
    public override ScalarKind KindOfPlain(string text, bool asPlatform) =>
        asPlatform ? YamlScalars.KindOf11(text) : YamlScalars.KindOf12(text);

    /// <inheritdoc/>
    public override bool BooleanOf(string text) => YamlScalars.BooleanOf(text);

    /// <inheritdoc/>
    public override long? IntegerOf(string text) => YamlScalars.IntegerOf(text);

    /// <inheritdoc/>
    public override double? NumberOf(string text) => YamlScalars.NumberOf(text);
}
