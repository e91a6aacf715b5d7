using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.References;

namespace Repave.Schemas;

/// <summary>Follows references inside a schema and to files, and never to an address.</summary>
internal sealed class LocalReferences(JsonSchemaAppender appender) : JsonReferenceResolver(appender)
{
    /// <summary>Makes a resolver for a schema.</summary>
    public static Func<JsonSchema, JsonReferenceResolver> Factory { get; } =
        schema => new LocalReferences(new JsonSchemaAppender(schema, new DefaultTypeNameGenerator()));

    /// <inheritdoc/>
    public override async Task<IJsonReference> ResolveFileReferenceAsync(string filePath, CancellationToken cancellationToken = default)
    {
        var text = await File.ReadAllTextAsync(filePath, cancellationToken).ConfigureAwait(false);
        return await JsonSchema.FromJsonAsync(SchemaText.Of(text), filePath, _ => this, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<IJsonReference> ResolveUrlReferenceAsync(string url, CancellationToken cancellationToken = default) =>
        Task.FromResult<IJsonReference>(new JsonSchema());
}
