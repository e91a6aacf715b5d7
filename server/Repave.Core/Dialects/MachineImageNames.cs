using Repave.Core.Text;

namespace Repave.Core.Dialects;

/// <summary>What AWS makes of names of machine images, whichever language they are written in.</summary>
internal static class MachineImageNames
{
    private const string Cloud = "aws";

    /// <summary>What a text may say in the place of an id: an id, a parameter that holds one (<c>resolve:ssm:…</c>), or the address of
    /// what a recipe builds. Null for everything else, and for images of AWS's own.</summary>
    public static MachineImageName? InAws(MachineImageName name)
    {
        var text = name.Likely.Text;
        if (text.StartsWith("ami-", StringComparison.Ordinal) && name.Likely.IsWhole)
            return MachineImageName.Of(Cloud, MachineImageKind.Id, text);
        if (text.StartsWith("resolve:ssm:", StringComparison.Ordinal))
            return new MachineImageName(Cloud, MachineImageKind.Parameter, OfParameter(name.Likely), OfParameter(name.Certain));
        // arn:aws:imagebuilder:region:account:image/name/version
        var parts = text.Split([':'], 6);
        if (parts is not ["arn", _, "imagebuilder", _, var account, var image] || account == "aws"
            || image.Split('/') is not ["image", var recipe, ..])
            return null;
        var known = OfRecipe(new NamePattern(recipe));
        return new MachineImageName(Cloud, MachineImageKind.Recipe, known, name.Certain.Text == text ? known : new(NamePattern.Unknown));
    }

    /// <summary>The name of a recipe as addresses have it.</summary>
    public static MachineImageName OfRecipe(MachineImageName name) =>
        name with { Likely = OfRecipe(name.Likely), Certain = OfRecipe(name.Certain) };

    /// <summary>A text, with an asterisk for what EC2 Image Builder fills in (<c>{{ imagebuilder:buildDate }}</c>).</summary>
    public static string Filled(string text) => FilledIn.Replace(text, static _ => NamePattern.Unknown);

    private static NamePattern OfRecipe(NamePattern name) => new(name.Text.ToLowerInvariant().Replace(' ', '-').Replace('_', '-'));

    // resolve:ssm:name, or resolve:ssm:name:version
    private static NamePattern OfParameter(NamePattern name)
    {
        var parts = name.Text.Split(':');
        return new NamePattern(parts.Length > 2 && parts[0] == "resolve" ? parts[2] : NamePattern.Unknown);
    }
}
