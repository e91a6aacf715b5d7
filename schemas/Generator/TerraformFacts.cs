using System.Text;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Schemas.Generator;

/// <summary>
/// Makes packs from facts that were read from the Go schemas of providers (<c>ForceNew</c>, <c>RequiresReplace</c>, <c>ForceNewIf</c>),
/// for providers that nobody could ask.
/// </summary>
internal static class TerraformFacts
{
    private const string HeaderMayReplace = "may-replace=";

    // Provider, its address, and the versions that its sources were read at where they say it.
    private static readonly (string Name, string Source)[] Providers =
    [
        ("azurerm", "registry.terraform.io/hashicorp/azurerm"),
        ("cloudflare", "registry.terraform.io/cloudflare/cloudflare"),
        ("docker", "registry.terraform.io/kreuzwerker/docker"),
        ("google", "registry.terraform.io/hashicorp/google"),
        ("helm", "registry.terraform.io/hashicorp/helm"),
        ("kubernetes", "registry.terraform.io/hashicorp/kubernetes"),
        ("null", "registry.terraform.io/hashicorp/null"),
        ("random", "registry.terraform.io/hashicorp/random"),
    ];

    /// <summary>Writes a pack for each file of facts in a folder.</summary>
    public static void Write(string data, string packs)
    {
        foreach (var (name, source) in Providers)
        {
            var pack = new PackWriter(source, "-",
                "Made by schemas/Generator from facts read in the provider's Go schemas (ForceNew, RequiresReplace, "
                    + "ForceNewIf); do not edit.");
            var lines = File.ReadAllLines(Path.Combine(data, name + ".pack"));
            for (var i = 0; i < lines.Length;)
            {
                if (!lines[i].StartsWith('['))
                    throw new InvalidDataException($"{name}.pack, line {i + 1}: not the head of a type.");
                var close = lines[i].IndexOf(']', StringComparison.Ordinal);
                var type = lines[i][1..close];
                var may = lines[i].IndexOf(HeaderMayReplace, StringComparison.Ordinal) is var at and >= 0
                    ? lines[i][(at + HeaderMayReplace.Length)..].Split(',')
                    : [];
                i++;
                var start = i;
                var body = ReadBody(lines, ref i, 0);
                // A name that was not understood when the sources were read.
                if (type.Contains('?', StringComparison.Ordinal) || body.Members.Count == 0)
                    continue;
                foreach (var path in may)
                    MarkMayReplace(body, path.Split('.').Where(part => !int.TryParse(part, out _)).ToArray());
                var isFramework = lines[start..i].Any(line => line.Contains("attribute", StringComparison.Ordinal)
                    && FrameworkType(Words(line)[1]) is not null);
                // Their documentation: "when changed, will trigger recreation of resource"; their code only leaves out maps of nothing but
                // nulls.
                if (body["keepers"] is { } keepers && name == "random")
                    Force(keepers);
                if (body["triggers"] is { } triggers && name == "null")
                    Force(triggers);
                if (!isFramework)
                    AddWhatTheLibraryAdds(body);
                pack.Add(type, 0, body);
            }

            File.WriteAllText(Path.Combine(packs, name + ".pack"), pack.Write());
        }
    }

    // terraform-plugin-sdk gives every resource an id, and takes timeouts where a resource declares them; that they are declared is not in
    // the facts, so that whoever writes them is believed.
    private static void AddWhatTheLibraryAdds(PackBody body)
    {
        if (body["id"] is null)
        {
            var id = new PackMember("id", "string");
            id.Mark("optional-computed");
            body.Members.Add(id);
        }

        if (body["timeouts"] is null)
        {
            var timeouts = new PackBody();
            foreach (var name in (string[])["create", "default", "delete", "read", "update"])
                timeouts.Members.Add(new PackMember(name, "string"));
            body.Members.Add(new PackMember("timeouts", "block-single", timeouts));
        }
    }

    private static void Force(PackMember member)
    {
        member.Unmark("may-replace");
        member.Mark("replaces");
    }

    private static void MarkMayReplace(PackBody body, string[] path)
    {
        PackMember? member = null;
        PackBody? below = body;
        foreach (var name in path)
        {
            member = below?[name];
            below = member?.Body;
        }

        if (member is not null && !member.Has("replaces"))
            member.Mark("may-replace");
    }

    private static PackBody ReadBody(string[] lines, ref int i, int depth)
    {
        var body = new PackBody();
        while (i < lines.Length && !lines[i].StartsWith('[') && Indent(lines[i]) == depth)
        {
            var words = Words(lines[i]);
            i++;
            var child = i < lines.Length && !lines[i].StartsWith('[') && Indent(lines[i]) > depth ? ReadBody(lines, ref i, depth + 1)
                : null;
            body.Members.Add(MemberOf(words, child));
        }

        return body;
    }

    private static PackMember MemberOf(List<string> words, PackBody? child)
    {
        var isRequired = words[0].EndsWith('!');
        var isComputedOnly = words.Contains("computed");
        var type = FrameworkType(words[1]);
        if (type is null)
        {
            var plain = words[1].Split('<')[0];
            type = plain is "list" or "set" or "map" ? child is null
                ? $"{plain}({(words[1].Contains('<', StringComparison.Ordinal) ? ElementType(words[1][(plain.Length + 1)..^1])
                    : plain == "map" ? "string" : "any")})"
                : (isComputedOnly ? "nested-" : "block-") + plain : ElementType(plain);
        }
        else if (child is null && type.Contains('-', StringComparison.Ordinal))
            // What is in it was not read.
            type = "any";

        var member = new PackMember(words[0].TrimEnd('!'), type, child)
        {
            IsRequired = isRequired && !type.StartsWith("block-", StringComparison.Ordinal),
        };
        var isBlock = type.StartsWith("block-", StringComparison.Ordinal);
        if (isBlock && isRequired)
            member.Mark("min-items=1");
        foreach (var word in words.Skip(2))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            switch (equals < 0 ? word : word[..equals])
            {
                case "max":
                    member.Mark((isBlock || type.StartsWith("nested-", StringComparison.Ordinal) ? "max-items"
                        : "max-length") + word[equals..]);
                    break;
                case "default" when !word.Contains('(', StringComparison.Ordinal):
                    member.Mark("default=" + PackWriter.Escape(word[(equals + 1)..].Trim('"')));
                    break;
                case "computed" or "optional-computed" or "sensitive" or "deprecated" or "replaces" or "may-replace":
                    if (word != "may-replace" || !words.Contains("replaces"))
                        member.Mark(word);
                    break;
                default:
                    break;
            }
        }

        return member;
    }

    private static string? FrameworkType(string word) => word switch
    {
        "stringattribute" => "string",
        "boolattribute" => "bool",
        "int64attribute" or "int32attribute" or "float64attribute" or "numberattribute" => "number",
        "dynamicattribute" => "any",
        "listattribute" => "list(any)",
        "setattribute" => "set(any)",
        "mapattribute" => "map(any)",
        "singlenestedattribute" => "nested-single",
        "listnestedattribute" => "nested-list",
        "setnestedattribute" => "nested-set",
        "mapnestedattribute" => "nested-map",
        "singlenestedblock" => "block-single",
        "listnestedblock" => "block-list",
        "setnestedblock" => "block-set",
        _ => null,
    };

    private static string ElementType(string word) => word switch
    {
        "string" => "string",
        "bool" => "bool",
        "int" or "float" => "number",
        "list" => "list(any)",
        "map" => "map(string)",
        _ => "any",
    };

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    // Words, of which those in quotation marks may have spaces.
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isQuoted = false;
        foreach (var character in line.Trim())
        {
            if (character == '"')
                isQuoted = !isQuoted;
            if (character == ' ' && !isQuoted)
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else
                word.Append(character);
        }

        words.Add(word.ToString());
        return words;
    }
}
