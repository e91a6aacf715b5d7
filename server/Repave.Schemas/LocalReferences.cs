using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.References;

namespace Repave.Schemas;

/// <summary>Follows references inside a schema and to files, and never to an address.</summary>
/// <param name="appender">What the library needs.</param>
/// <param name="read">Reads a file's text, of the files that may be read; null if none may.</param>
internal sealed class LocalReferences(JsonSchemaAppender appender, Func<string, string>? read) : JsonReferenceResolver(appender)
{
    /// <summary>Makes resolvers for schemas.</summary>
    public static Func<JsonSchema, JsonReferenceResolver> Factory(Func<string, string>? read) =>
        schema => new LocalReferences(new JsonSchemaAppender(schema, new DefaultTypeNameGenerator()), read);

    // The library would open whatever is named: a pipe, a device, a file of another folder.
    /// <inheritdoc/>
    public override async Task<IJsonReference> ResolveFileReferenceAsync(string filePath, CancellationToken cancellationToken = default) =>
        read is null
            ? new JsonSchema()
            : await JsonSchema.FromJsonAsync(SchemaText.Of(read(filePath)), filePath, _ => this, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override Task<IJsonReference> ResolveUrlReferenceAsync(string url, CancellationToken cancellationToken = default) =>
        Task.FromResult<IJsonReference>(new JsonSchema());
}
