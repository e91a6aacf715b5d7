namespace Repave.Core.Text;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>The name that a step of a pointer stands for.</summary>
    public static string Decode(string step) => step.Replace("~1", "/").Replace("~0", "~");
}
