using System.Text;

namespace Repave.Schemas.Generator;

/// <summary>Writes the schema packs for Kubernetes. Their grammar is described in schemas/README.md.</summary>
internal static class KubernetesPacks
{
    // The release of @kubernetes/client-node whose models carry each Kubernetes release.
    private static readonly (string Kubernetes, string ClientNode)[] Releases = [("1.32", "1.1.2"), ("1.33", "1.3.0"), ("1.34",
        "1.4.0"), ("1.36", "2.0.1")];

    /// <summary>The newest release.</summary>
    public static (string Kubernetes, string ClientNode) Newest => Releases[^1];

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var facts = Facts.Read(RepositoryFolders.Facts());
        foreach (var (kubernetes, clientNode) in Releases)
        {
            var models = ClientNodeModels.Read(NpmPackage.Fetch("@kubernetes/client-node", clientNode));
            if (models.Release != kubernetes)
                throw new InvalidDataException(
                    $"@kubernetes/client-node {clientNode} holds Kubernetes {models.Release}, not {kubernetes}.");
            var file = Path.Combine(folder, kubernetes + ".pack");
            File.WriteAllText(file, Render(models, clientNode, facts));
            Console.WriteLine($"{file}: {models.Kinds.Count} kinds, {models.Models.Count} types");
        }
    }

    private static string Render(ClientNodeModels models, string clientNode, Facts facts)
    {
        var pack = new StringBuilder();
        pack.Append($"# Kubernetes {models.Release}. Made by schemas/Generator from @kubernetes/client-node {clientNode} and facts/; "
            + $"do not edit.\n");
        foreach (var kind in models.Kinds)
        {
            var apiVersion = kind.Group.Length == 0 ? kind.Version : $"{kind.Group}/{kind.Version}";
            pack.Append(
                $"@kind {apiVersion} {KindName(kind.Model)} {kind.Plural} {(kind.Namespaced ? "namespaced" : "cluster")} {kind.Model}\n");
        }

        foreach (var (name, fields) in models.Models)
        {
            if (name is "IntOrString" or "VersionInfo" || name.EndsWith("List", StringComparison.Ordinal))
                continue;
            var known = facts.For(name);
            if (known.TryGetValue(".", out var whole) && whole.Contains("atomic"))
                pack.Append($"@atomic {name}\n");
            pack.Append($"[{name}]\n");
            foreach (var field in fields.OrderBy(f => f.Name, StringComparer.Ordinal))
                AppendField(pack, field, known.GetValueOrDefault(field.Name) ?? []);
        }

        return pack.ToString();
    }

    private static void AppendField(StringBuilder pack, ModelField field, List<string> facts)
    {
        var type = TypeOf(field);
        pack.Append(field.Name);
        if (!field.Optional)
            pack.Append('!');
        foreach (var fact in facts)
        {
            // "quantity" stands for the model's string, also inside a map or list.
            if (fact is "quantity")
                type = type.Replace("string", "quantity", StringComparison.Ordinal);
        }

        pack.Append(' ').Append(type);
        foreach (var fact in facts.Where(f => f is not "quantity"))
            pack.Append(' ').Append(fact);
        pack.Append('\n');
    }

    private static string TypeOf(ModelField field) => TypeOf(field.Type, field.Format);

    private static string TypeOf(string type, string format)
    {
        if (type.StartsWith("Array<", StringComparison.Ordinal))
            return "[]" + TypeOf(type[6..^1], format);
        if (type.StartsWith("Set<", StringComparison.Ordinal))
            return "[]" + TypeOf(type[4..^1], format);
        if (type.StartsWith("{ [key: string]: ", StringComparison.Ordinal))
            return "{}" + TypeOf(type["{ [key: string]: ".Length..^3], format);
        return (type, format) switch
        {
            ("string", "byte") => "bytes",
            ("string", "date-time") or ("Date", "date-time") => "date-time",
            ("string", "date-time-micro") or ("Date", _) or ("V1MicroTime", _) => "date-time",
            ("string", "int-or-string") or ("IntOrString", _) => "int-or-string",
            ("string", _) => "string",
            ("number", "int32") => "int32",
            ("number", "int64") => "int64",
            ("number", _) => "number",
            ("boolean", _) => "boolean",
            ("any" or "object", _) => "any",
            _ => type,
        };
    }

    // "V1Deployment" and "CoreV1Event" carry the kind behind the version.
    private static string KindName(string model)
    {
        for (var i = 0; i + 1 < model.Length; i++)
        {
            if (model[i] != 'V' || !char.IsAsciiDigit(model[i + 1]))
                continue;
            var end = i + 1;
            while (end < model.Length && !char.IsAsciiLetterUpper(model[end]))
                end++;
            return model[end..];
        }

        return model;
    }
}
