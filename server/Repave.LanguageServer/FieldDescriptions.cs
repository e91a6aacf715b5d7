using System.IO.Compression;
using System.Text;
using Repave.Core.Shapes;

namespace Repave.LanguageServer;

/// <summary>What the published models say of their fields: files that packing puts beside the server (<c>Generator descriptions</c>).
/// Without them hovers say what the schemas know.</summary>
internal static class FieldDescriptions
{
    private const int MaxLength = 900;

    // The texts as bytes, and where each type's lines stand in them: a string for each would be several times as large.
    private static readonly Lazy<(byte[] Text, Dictionary<string, (int Start, int End)> Types)> First = new(() => Read("kubernetes."));
    // Those of types with colons are many, and read when the first is asked for.
    private static readonly Lazy<(byte[] Text, Dictionary<string, (int Start, int End)> Types)> OfTemplates =
        new(() => Read("cloudformation."));

    /// <summary>The description of a type's field; null if there is none.</summary>
    /// <param name="holder">The shape of the structure that holds it.</param>
    /// <param name="field">Its name.</param>
    public static string? Of(Shape holder, string field) =>
        holder.Fields?[field]?.Description is { } said ? Short(said) : Of(holder.Name, field) is { } known ? Short(known) : null;

    private static string Short(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "…";

    private static string? Of(string type, string field)
    {
        var (text, types) = (type.Contains("::", StringComparison.Ordinal) ? OfTemplates : First).Value;
        if (!types.TryGetValue(type, out var at))
            return null;
        foreach (var line in Encoding.UTF8.GetString(text, at.Start, at.End - at.Start).Split('\n'))
        {
            if (line.Length > field.Length && line[field.Length] == '\t' && line.StartsWith(field, StringComparison.Ordinal))
                return line[(field.Length + 1)..];
        }

        return null;
    }

    /// <summary>Reads them before they are asked for.</summary>
    public static void Warm() => Task.Run(() => First.Value.Types.Count);

    private static (byte[] Text, Dictionary<string, (int Start, int End)> Types) Read(string name)
    {
        var types = new Dictionary<string, (int Start, int End)>(StringComparer.Ordinal);
        var folder = Path.Combine(AppContext.BaseDirectory, "descriptions");
        using var all = new MemoryStream();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, name + "descriptions.gz") : [])
        {
            try
            {
                using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
                stream.CopyTo(all);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // A damaged file takes nothing away but its descriptions.
            }
        }

        var text = all.ToArray();
        string? type = null;
        for (var (start, end) = (0, 0); start < text.Length; start = end + 1)
        {
            end = Array.IndexOf(text, (byte)'\n', start);
            if (end < 0)
                end = text.Length;
            if (text[start] == (byte)'[')
                types[type = Encoding.UTF8.GetString(text, start + 1, Math.Max(0, end - start - 2))] = (end + 1, end + 1);
            else if (type is not null)
                types[type] = (types[type].Start, end);
        }

        return (text, types);
    }
}
