using Repave.Environments.Terraform;

namespace Repave.Schemas.Generator;

/// <summary>Makes the pack of a provider from its own answers, with the same questions as <c>repave learn</c>.</summary>
internal static class TerraformProvider
{
    internal const string MadeFrom = "Made by schemas/Generator from the provider's own answers over its plugin protocol, "
        + "completed with facts learnt "
        + "of the same version in the same way; do not edit.";

    /// <summary>Writes the pack of a provider.</summary>
    /// <param name="binary">Its binary, as a mirror or <c>terraform init</c> lays it down:
    /// HOST/NAMESPACE/NAME/VERSION/PLATFORM/FILE.</param>
    /// <param name="packs">The folder of packs.</param>
    /// <param name="types">The only types to ask about, for trying; null for all.</param>
    public static void Write(string binary, string packs, string? types)
    {
        var parts = Path.GetFullPath(binary).Split(Path.DirectorySeparatorChar);
        if (parts.Length < 7)
            throw new InvalidDataException(
                "The path of the binary has to end as a mirror lays it down: HOST/NAMESPACE/NAME/VERSION/PLATFORM/FILE.");
        var (source, name, version) = (string.Join('/', parts[^6..^3]), parts[^4], parts[^3]);
        // Asking takes long; what cannot be written is found before.
        Directory.CreateDirectory(packs);
        var started = DateTime.UtcNow;
        var text = ProviderLearner.Learn(Path.GetFullPath(binary), source, version,
            MadeFrom, types?.Split(','),
            (done, all, type) => Console.Error.WriteLine(
                FormattableString.Invariant($"{done}/{all} {type} {(DateTime.UtcNow - started).TotalSeconds:0.0} s")),
            problem => Console.Error.WriteLine("! " + problem));
        var file = Path.Combine(packs, name + ".pack");
        // Some types alone take the place of what the pack had of them.
        if (types is not null && File.Exists(file))
            text = PackReading.Merge(File.ReadAllText(file), text, source, version);
        File.WriteAllText(file, text);
    }
}
