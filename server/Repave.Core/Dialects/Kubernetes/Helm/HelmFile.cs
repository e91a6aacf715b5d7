using Repave.Core.Model;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>A file of a chart.</summary>
/// <param name="Name">Its path inside the chart.</param>
/// <param name="Path">Its path for people.</param>
/// <param name="Bytes">What is in it.</param>
internal sealed record HelmFile(string Name, string Path, byte[] Bytes)
{
    private string? _text;
    private Manifest? _manifest;

    /// <summary>Its text, without a byte order mark.</summary>
    public string Text => _text ??= Bytes is [0xEF, 0xBB, 0xBF, ..] ? GoQuoting.TextOf(Bytes, 3, Bytes.Length - 3)
        : GoQuoting.TextOf(Bytes);

    /// <summary>The file as something that origins can name. It is not parsed: most files never are, and some are large.</summary>
    public Manifest Manifest => _manifest ??= new Manifest(Path, GoTemplateLanguage.Instance.Parse(Text));
}
