namespace Repave.Environments.Terraform;

/// <summary>An error or warning of a provider.</summary>
/// <param name="IsError">Whether it is an error.</param>
/// <param name="Summary">What is wrong.</param>
/// <param name="Detail">More on it; may be empty.</param>
/// <param name="Path">The attribute; empty where it is of the whole.</param>
internal sealed record ProviderDiagnostic(bool IsError, string Summary, string Detail, IReadOnlyList<object> Path)
{
    /// <summary>All that it says.</summary>
    public string Text => Summary + "\n" + Detail;

    /// <summary>What it names, and all that it says.</summary>
    public string NamedText => ProbeSubjects.NameOf(Path) + "\n" + Text;
}
