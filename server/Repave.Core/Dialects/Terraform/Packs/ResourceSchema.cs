namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>A resource type or a data source that a provider has.</summary>
public sealed class ResourceSchema
{
    private readonly Func<SchemaBlock> _body;
    private SchemaBlock? _read;

    internal ResourceSchema(string type, bool isData, int version, Func<SchemaBlock> body)
    {
        Type = type;
        IsData = isData;
        Version = version;
        _body = body;
    }

    /// <summary>The type as texts write it (<c>aws_instance</c>).</summary>
    public string Type { get; }

    /// <summary>Whether it is a data source.</summary>
    public bool IsData { get; }

    /// <summary>The number that states carry as <c>schema_version</c>.</summary>
    public int Version { get; }

    /// <summary>Its attributes and blocks.</summary>
    public SchemaBlock Body => _read ??= _body();

    /// <inheritdoc/>
    public override string ToString() => IsData ? $"data.{Type}" : Type;
}
