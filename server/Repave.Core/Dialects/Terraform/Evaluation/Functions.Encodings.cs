using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Functions that encode, decode and hash.</summary>
internal static partial class Functions
{
    private static void AddEncodings(Adder add)
    {
        const FunctionTraits NullToo = FunctionTraits.Null;
        add("base64decode", [S], S, c => FromBase64(c.Text(0)) is not { } bytes ? c.Fail(0, "The text is not base64.")
            : Utf8(bytes) is { } text ? TerraformValue.Of(text) : c.Fail(0, "What is encoded is not text in UTF-8."));
        add("base64encode", [S], S, c => TerraformValue.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(c.Text(0)))));
        // Each compressor writes other bytes.
        add("base64gzip", [S], S, c => c.Unknown, FunctionTraits.NeverKnown);
        add("base64sha256", [S], S, c => TerraformValue.Of(Convert.ToBase64String(Sha256(c.Text(0)))));
        add("base64sha512", [S], S, c => TerraformValue.Of(Convert.ToBase64String(Sha512(c.Text(0)))));
        add("bcrypt", [S], S, c => c.Unknown, FunctionTraits.NeverKnown, N);
        add("md5", [S], S, c => TerraformValue.Of(Hex(Md5(c.Text(0)))));
        add("sha1", [S], S, c => TerraformValue.Of(Hex(Sha1(Encoding.UTF8.GetBytes(c.Text(0))))));
        add("sha256", [S], S, c => TerraformValue.Of(Hex(Sha256(c.Text(0)))));
        add("sha512", [S], S, c => TerraformValue.Of(Hex(Sha512(c.Text(0)))));
        add("rsadecrypt", [S, S], S, c => c.Unknown, FunctionTraits.NeverKnown);
        add("uuid", [], S, c => c.Unknown, FunctionTraits.NeverKnown);
        add("uuidv5", [S, S], S, UuidOfName);
        add("urlencode", [S], S, c => TerraformValue.Of(UrlEncode(c.Text(0))));
        add("csvdecode", [S], Any, CsvDecode);
        add("jsondecode", [S], Any, JsonDecode);
        add("jsonencode", [Any], S, c => HoldsInfinite(c[0], 0)
            ? c.Fail(0, "JSON has no infinite numbers.") : TerraformValue.Of(JsonWriter.Write(c[0])), NullToo);
        add("yamldecode", [S], Any, YamlDecode);
        add("yamlencode", [Any], S, c => TerraformValue.Of(YamlWriter.Write(c[0])), NullToo);
        add("textdecodebase64", [S, S], S, c => FromBase64(c.Text(0)) is not { } bytes ? c.Fail(0, "The text is not base64.")
            : EncodingOf(c.Text(1)) is { } encoding ? TerraformValue.Of(encoding.GetString(bytes)) : c.Unknown);
        add("textencodebase64", [S, S], S, c => EncodingOf(c.Text(1)) is { } encoding
            ? TerraformValue.Of(Convert.ToBase64String(encoding.GetBytes(c.Text(0)))) : c.Unknown);
    }

    private static bool HoldsInfinite(TerraformValue value, int depth) => value.Number?.IsInfinite == true
        || (depth < 100 && (value.Items.Any(i => HoldsInfinite(i, depth + 1)) || value.Entries.Any(e =>
            HoldsInfinite(e.Value, depth + 1))));

    private static byte[]? FromBase64(string text)
    {
        try
        {
            return text.IndexOf(' ') >= 0 ? null : Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Utf8(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding? EncodingOf(string name) => name.ToUpperInvariant() switch
    {
        "UTF-8" => new UTF8Encoding(false),
        "UTF-16LE" => new UnicodeEncoding(false, false),
        "UTF-16BE" => new UnicodeEncoding(true, false),
        "UTF-32LE" => new UTF32Encoding(false, false),
        "US-ASCII" => Encoding.ASCII,
        _ => null,
    };

#pragma warning disable CA1850, CA5350, CA5351 // Old targets have no other way; and which hash is taken is the author's choice.
    private static byte[] Sha256(string text)
    {
        using var hash = SHA256.Create();
        return hash.ComputeHash(Encoding.UTF8.GetBytes(text));
    }

    private static byte[] Sha512(string text)
    {
        using var hash = SHA512.Create();
        return hash.ComputeHash(Encoding.UTF8.GetBytes(text));
    }

    private static byte[] Sha1(byte[] bytes)
    {
        using var hash = SHA1.Create();
        return hash.ComputeHash(bytes);
    }

    private static byte[] Md5(string text)
    {
        using var hash = MD5.Create();
        return hash.ComputeHash(Encoding.UTF8.GetBytes(text));
    }
#pragma warning restore CA1850, CA5350, CA5351

    private static string Hex(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var b in bytes)
            text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private static TerraformValue UuidOfName(FunctionCall call)
    {
        // The namespaces of RFC 4122.
        var space = call.Text(0) switch
        {
            "dns" => "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "url" => "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
            "oid" => "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
            "x500" => "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
            var other => other,
        };
        if (!Guid.TryParse(space, out _))
            return call.Fail(0, "The namespace is 'dns', 'url', 'oid', 'x500' or a UUID.");
        var digits = space.Replace("-", "").Trim('{', '}');
        var bytes = new List<byte>();
        for (var i = 0; i + 1 < digits.Length; i += 2)
            bytes.Add(byte.Parse(digits.Substring(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        bytes.AddRange(Encoding.UTF8.GetBytes(call.Text(1)));
        var hash = Sha1([.. bytes]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        var hex = Hex(hash);
        return TerraformValue.Of(
            $"{hex.Substring(0, 8)}-{hex.Substring(8, 4)}-{hex.Substring(12, 4)}-{hex.Substring(16, 4)}-{hex.Substring(20, 12)}");
    }

    private static string UrlEncode(string text)
    {
        var result = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '~')
                result.Append(c);
            else if (c == ' ')
                result.Append('+');
            else
                result.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }

    private static TerraformValue CsvDecode(FunctionCall call)
    {
        if (CsvReader.Read(call.Text(0)) is not { Count: > 0 } lines)
            return call.Fail(0, "The text is not CSV with a line of names.");
        var head = lines[0];
        var rows = lines.Skip(1).ToList();
        if (head.Distinct(StringComparer.Ordinal).Count() != head.Count)
            return call.Fail(0, "A name appears twice in the first line.");
        if (rows.Exists(row => row.Count != head.Count))
            return call.Fail(0, "A line has not as many values as the first line has names.");
        var type = TerraformType.Object(head.Select(name => new KeyValuePair<string, TerraformType>(name, S)));
        return TerraformValue.List(type, [.. rows.Select(row => TerraformValue.Object(head.Select((name, i) =>
            new KeyValuePair<string, TerraformValue>(name, TerraformValue.Of(row[i])))))]);
    }

    private static TerraformValue JsonDecode(FunctionCall call)
    {
        var text = call.Text(0);
        var document = JsonLanguage.Instance.ParseDocument(text);
        if (document.Root is not { } root || document.Issues.Count > 0)
            return call.Fail(0, "The text is no JSON.");
        return FromNode(root, 0);
    }

    private static TerraformValue YamlDecode(FunctionCall call)
    {
        if (call.Text(0).Trim().Length == 0)
            return TerraformValue.Null;
        var spans = YamlLanguage.Instance.Split(call.Text(0));
        if (spans.Count != 1)
            return call.Fail(0, "The text holds more than one document, or none.");
        var document = YamlLanguage.Instance.ParseDocument(call.Text(0).Substring(spans[0].Start, spans[0].Length));
        if (document.Issues.Count > 0 || document.Root is not { } root)
            return call.Fail(0, "The text is no YAML.");
        return FromNode(root, 0);
    }

    private static TerraformValue FromNode(Node node, int depth)
    {
        if (depth > SyntaxLimits.Depth || node.Resolved is not { } value)
            return TerraformValue.Unknown;
        switch (value)
        {
            case MapNode map:
                return TerraformValue.Object(map.AllEntries.Where(e => e.Name is not null)
                    .Select(e => new KeyValuePair<string, TerraformValue>(HclNormal(e.Name!), FromNode(e.Value, depth + 1))));
            case ListNode list:
                return TerraformValue.Tuple([.. list.ResolvedItems.Select(i => FromNode(i, depth + 1))]);
            case ScalarNode scalar:
                switch (scalar.Kind)
                {
                    case ScalarKind.Null:
                        return TerraformValue.Null;
                    case ScalarKind.Boolean:
                        return TerraformValue.Of(scalar.Reading.BooleanOf(scalar.Value));
                    case ScalarKind.Integer or ScalarKind.Float:
                        return TerraformNumber.Parse(scalar.Value.Replace("_", "")) is { } number ? TerraformValue.Of(number)
                            : scalar.Integer is { } whole ? TerraformValue.Of(whole) : TerraformValue.UnknownOf(N);
                    default:
                        return TerraformValue.Of(HclNormal(scalar.Value));
                }

            default:
                return TerraformValue.Unknown;
        }
    }

    private static string HclNormal(string text) => Syntax.Hcl.HclStrings.Normal(text);
}
