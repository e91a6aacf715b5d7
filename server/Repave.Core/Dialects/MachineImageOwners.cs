namespace Repave.Core.Dialects;

/// <summary>Whose machine images a lookup in AWS takes.</summary>
internal static class MachineImageOwners
{
    /// <summary>The word for the account that asks.</summary>
    public const string Own = "self";

    /// <summary>Whether only the account's own images are taken.</summary>
    /// <param name="owners">Its owners; null for one that is not known.</param>
    public static bool IsOwn(IReadOnlyList<string?> owners) => owners.Count > 0 && owners.All(static owner => owner == Own);

    /// <summary>Whether only images are taken that AWS has a word for the owner of (<c>amazon</c>, <c>aws-marketplace</c>), and none of an
    /// account, which may be one's own.</summary>
    /// <param name="owners">Its owners; null for one that is not known.</param>
    public static bool AreOthers(IReadOnlyList<string?> owners) => owners.Count > 0
        && owners.All(static owner => owner is { Length: > 0 } && owner != Own && char.IsLetter(owner[0]));
}
