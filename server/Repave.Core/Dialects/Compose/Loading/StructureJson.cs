using System.Globalization;
using System.Text;
using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Writes a value as the JSON of one of Compose's structures, byte for byte as Go writes it: what Compose hashes. On the way it
/// finds texts that cannot be read as what their fields are.</summary>
internal sealed class StructureJson(ComposePack pack, List<ComposeProblem> problems)
{
    private const string Null = "null";
    private const string EmptyMap = "{}";

    /// <summary>A structure's JSON.</summary>
    /// <param name="structure">The structure's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="path">Where that stands.</param>
    /// <param name="left">The fields that are left out.</param>
    public string Write(string structure, ComposeValue value, ValuePath path, IReadOnlyCollection<string> left)
    {
        var result = new StringBuilder("{");
        foreach (var field in pack.Structure(structure) ?? [])
        {
            if (left.Contains(field.Name))
                continue;
            var own = value[field.Name] ?? value[field.Name.ToLowerInvariant()];
            // What depends on something that is not known is left out: whoever compares has to ask first.
            var (json, isEmpty) = Encode(field.Type, own is { IsUnknown: true } ? null : own, path.Next(field.Name));
            if (isEmpty && field.OmitsEmpty)
                continue;
            if (result.Length > 1)
                result.Append(',');
            result.Append(GoJsonText.Quote(field.Name)).Append(':').Append(json);
        }

        return result.Append('}').ToString();
    }

    private (string Json, bool IsEmpty) Encode(string type, ComposeValue? value, ValuePath path)
    {
        if (type.StartsWith('*'))
        {
            return value is null or { IsNull: true } or { IsUnknown: true } ? (Null, true)
                : type == "*UlimitsConfig" ? (Ulimit(value, path), false)
                : type == "*FileMode" ? (Mode(value, path), false)
                : (Encode(type.Substring(1), value, path).Json, false);
        }

        if (type == "[]byte")
            return (Null, true);
        if (type.StartsWith("[]", StringComparison.Ordinal))
            return EncodeList(type.Substring(2), value, path);
        if (type.StartsWith("map[string]", StringComparison.Ordinal))
            return EncodeMap(value, path, (one, at) => Encode(type.Substring("map[string]".Length), one, at).Json);
        switch (type)
        {
            case "string" or "WatchAction":
                var text = Text(value, path);
                return (GoJsonText.Quote(text), text.Length == 0);
            case "bool" or "External":
                return value is { IsTrue: true }
                    || (value is { IsText: true } && value.Text.ToLowerInvariant() is "true" or "y" or "yes" or "on")
                    ? ("true", false)
                    : ("false", true);
            case "int" or "int64" or "uint64" or "uint32" or "uint16":
                var whole = Whole(value, path);
                return (whole.ToString(CultureInfo.InvariantCulture), whole == 0);
            case "float32" or "NanoCPUs":
                var number = Float(value, path);
                return (FormatFloat((float)number), number == 0);
            case "UnitBytes":
                var bytes = Bytes(value, path);
                return ($"\"{bytes.ToString(CultureInfo.InvariantCulture)}\"", bytes == 0);
            case "DeviceCount":
                var count = value is { IsText: true } && value.Text.ToLowerInvariant() == "all" ? -1 : Whole(value, path);
                return (count.ToString(CultureInfo.InvariantCulture), count == 0);
            case "Duration":
                var duration = Duration(value, path);
                return (GoJsonText.Quote(Durations.Format(duration)), duration == 0);
            case "ShellCommand":
                return Command(value, path);
            case "HealthCheckTest":
                return value is { IsText: true } ? ($"[\"CMD-SHELL\",{GoJsonText.Quote(value.Text)}]", false)
                    : EncodeList("string", value, path);
            case "StringList" or "StringOrNumberList":
                return value is { IsText: true } ? ($"[{GoJsonText.Quote(value.Text)}]", false) : EncodeList("print", value, path);
            case "print":
                return (GoJsonText.Quote(value?.Print() ?? ""), false);
            case "Mapping" or "Labels" or "Options":
                return EncodePairs(value, path, keepsNull: false);
            case "MappingWithEquals":
                return EncodePairs(value, path, keepsNull: true);
            case "MultiOptions":
                return EncodeMap(value, path,
                    (one, at) => one.IsList ? EncodeList("print", one, at).Json : $"[{GoJsonText.Quote(one.Print())}]");
            case "HostsList":
                return Hosts(value, path);
            case "DependsOnConfig":
                return EncodeMap(value, path, (one, at) => Write("ServiceDependency", one, at, []));
            case "SSHConfig" or "Extensions":
                return (Null, true);
            case "EnvFile":
                return value is { IsText: true } ? (GoJsonText.Quote(value.Text), false)
                    : value?["required"] is not { Kind: ValueKind.Boolean, IsTrue: false }
                    ? (GoJsonText.Quote(value?.TextAt("path") ?? ""), false)
                    : (Write("EnvFile", value, path, []), false);
            case "Services" or "Networks" or "Volumes" or "Secrets" or "Configs" or "Models":
                return (Null, true);
            default:
                return pack.Structure(type) is null ? (Null, true)
                    : (Write(type, value is { IsMap: true } ? value : ComposeValue.Map(), path, []), false);
        }
    }

    private (string Json, bool IsEmpty) EncodeList(string type, ComposeValue? value, ValuePath path)
    {
        if (value is null or { IsNull: true } or { IsUnknown: true })
            return (Null, true);
        var items = value.IsList ? value.Items : [value];
        var json = items.Select((item, i) => Encode(type, item, path.Item(i)).Json);
        return ($"[{string.Join(",", json)}]", items.Count == 0);
    }

    private static (string Json, bool IsEmpty) EncodeMap(ComposeValue? value, ValuePath path, Func<ComposeValue, ValuePath, string> encode)
    {
        if (value is not { IsMap: true })
            return (Null, true);
        var fields = value.Fields.OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => $"{GoJsonText.Quote(f.Key)}:{encode(f.Value, path.Next(f.Key))}");
        return ($"{{{string.Join(",", fields)}}}", value.Fields.Count == 0);
    }

    private (string Json, bool IsEmpty) EncodePairs(ComposeValue? value, ValuePath path, bool keepsNull)
    {
        if (value is null or { IsNull: true } or { IsUnknown: true })
            return (Null, true);
        var pairs = PairsOf(value);
        foreach (var (name, place) in pairs.Where(
            p => keepsNull && value.IsList && p.Key.Length > 0 && char.IsWhiteSpace(p.Key[p.Key.Length - 1]))
            .Select(p => (p.Key, p.Value.Place)))
            problems.Add(new ComposeProblem(ProblemKind.Malformed, $"The variable '{name}' has a space before its '='.",
                place, path.ToString()));
        var json = pairs.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{GoJsonText.Quote(p.Key)}:{(p.Value.IsNull ? keepsNull ? Null : "\"\"" : GoJsonText.Quote(p.Value.Print()))}");
        return pairs.Count == 0 ? (EmptyMap, true) : ($"{{{string.Join(",", json)}}}", false);
    }

    /// <summary>The names and values of a mapping, or of a list of <c>name=value</c>; a name without a value has none.</summary>
    public static Dictionary<string, ComposeValue> PairsOf(ComposeValue? value)
    {
        if (value is { IsMap: true })
            return value.Fields;
        var pairs = new Dictionary<string, ComposeValue>(StringComparer.Ordinal);
        foreach (var item in value?.Items ?? [])
        {
            var text = item.Print();
            var sign = text.IndexOf('=');
            pairs[sign < 0 ? text : text.Substring(0, sign)] = sign < 0 ? ComposeValue.Null(item.Place)
                : ComposeValue.Of(text.Substring(sign + 1), item.Place);
        }

        return pairs;
    }

    private (string Json, bool IsEmpty) Hosts(ComposeValue? value, ValuePath path)
    {
        if (value is null or { IsNull: true } or { IsUnknown: true })
            return (Null, true);
        var hosts = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        if (value.IsMap)
        {
            foreach (var (name, one) in value.Fields)
                hosts[name] = one.IsList ? [.. one.Items.Select(i => i.Print())] : [one.IsNull ? "" : one.Print()];
        }

        foreach (var item in value.Items.Where(i => !i.IsUnknown))
        {
            var text = item.Print();
            var sign = text.IndexOf('=') is var equals and >= 0 ? equals : text.IndexOf(':');
            if (sign < 0)
            {
                problems.Add(new ComposeProblem(ProblemKind.Malformed, $"The host '{text}' has no address; write it as name=address.",
                    item.Place, path.ToString()));
                continue;
            }

            var name = text.Substring(0, sign);
            if (!hosts.TryGetValue(name, out var addresses))
                hosts[name] = addresses = [];
            addresses.AddRange(text.Substring(sign + 1).Split(','));
        }

        foreach (var name in hosts.Keys.Where(n => n.Length == 0 || n.IndexOfAny([':', '=']) >= 0))
            problems.Add(new ComposeProblem(ProblemKind.Malformed, $"'{name}' is not a host name.", value.Place, path.ToString()));
        var list = hosts.SelectMany(h => h.Value.Select(address => address.Length > 2 && address[0] == '[' && address.EndsWith(']')
            ? $"{h.Key}={address.Substring(1, address.Length - 2)}" : $"{h.Key}={address}")).OrderBy(h => h, StringComparer.Ordinal);
        return ($"[{string.Join(",", list.Select(GoJsonText.Quote))}]", hosts.Count == 0);
    }

    private (string Json, bool IsEmpty) Command(ComposeValue? value, ValuePath path)
    {
        if (value is null or { IsNull: true } or { IsUnknown: true })
            return (Null, true);
        if (!value.IsText)
            return EncodeList("string", value, path);
        if (ShellWords.Split(value.Text) is not { } words)
        {
            problems.Add(new ComposeProblem(ProblemKind.Malformed, $"The command cannot be split into words: a quote is not closed.",
                value.Place, path.ToString()));
            return (Null, true);
        }

        return ($"[{string.Join(",", words.Select(GoJsonText.Quote))}]", words.Count == 0);
    }

    private string Ulimit(ComposeValue value, ValuePath path) =>
        value.IsMap ? Write("UlimitsConfig", value, path, []) : Whole(value, path).ToString(CultureInfo.InvariantCulture) is var number
            && number == "0" ? EmptyMap : number;

    // Written in octal digits where it is a text.
    private string Mode(ComposeValue value, ValuePath path)
    {
        long mode = 0;
        if (value.IsText)
        {
            foreach (var c in value.Text)
            {
                if (c is < '0' or > '7' || mode > int.MaxValue)
                {
                    problems.Add(new ComposeProblem(ProblemKind.Malformed, $"'{value.Text}' is not a file mode; write one like 0440.",
                        value.Place, path.ToString()));
                    return "\"00\"";
                }

                mode = (mode * 8) + c - '0';
            }
        }
        else
        {
            mode = Whole(value, path);
        }

        return $"\"0{Convert.ToString(mode, 8)}\"";
    }

    private string Text(ComposeValue? value, ValuePath path)
    {
        if (value is null or { IsNull: true } or { IsUnknown: true })
            return "";
        if (value.Kind is ValueKind.Text or ValueKind.Integer)
            return value.Print();
        problems.Add(new ComposeProblem(ProblemKind.WrongType, $"'{path}' must be text; put it in quotes.", value.Place, path.ToString()));
        return value.Print();
    }

    private long Whole(ComposeValue? value, ValuePath path)
    {
        switch (value?.Kind)
        {
            case ValueKind.Integer:
                return value.Integer;
            case ValueKind.Float when Math.Abs(value.Number) < 9e18:
                return (long)value.Number;
            case ValueKind.Text:
                if (long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                    return number;
                problems.Add(new ComposeProblem(ProblemKind.WrongType,
                    $"'{path}' must be a whole number, and is '{value.Text}'.", value.Place,
                    path.ToString()));
                return 0;
            default:
                return 0;
        }
    }

    private double Float(ComposeValue? value, ValuePath path)
    {
        switch (value?.Kind)
        {
            case ValueKind.Integer:
                return value.Integer;
            case ValueKind.Float:
                return value.Number;
            case ValueKind.Text:
                if (GoNumbers.ParseFloat(value.Text) is { } number)
                    return number;
                problems.Add(new ComposeProblem(ProblemKind.WrongType, $"'{path}' must be a number, and is '{value.Text}'.", value.Place,
                    path.ToString()));
                return 0;
            default:
                return 0;
        }
    }

    private long Bytes(ComposeValue? value, ValuePath path)
    {
        switch (value?.Kind)
        {
            case ValueKind.Integer:
                return value.Integer;
            case ValueKind.Float when Math.Abs(value.Number) < 9e18:
                return (long)value.Number;
            case ValueKind.Text:
                if (ByteSizes.Parse(value.Text) is { } bytes)
                    return bytes;
                problems.Add(new ComposeProblem(ProblemKind.Malformed,
                    $"'{value.Text}' is not a number of bytes; write one like 64m or 1.5g.",
                    value.Place, path.ToString()));
                return 0;
            default:
                return 0;
        }
    }

    private long Duration(ComposeValue? value, ValuePath path)
    {
        if (value is null or { IsNull: true } or { IsUnknown: true })
            return 0;
        if (Durations.Parse(value.Print()) is { } duration)
            return duration;
        problems.Add(new ComposeProblem(ProblemKind.Malformed,
            $"'{value.Print()}' is not a duration; write one like 30s or 1m30s.", value.Place,
            path.ToString()));
        return 0;
    }

    // The shortest digits that read back as the same number of 32 bits.
    private static string FormatFloat(float value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (text.IndexOf('E') < 0)
            return text;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(value) is >= 1e-6f and < 1e21f
            ? number.ToString("0.############################", CultureInfo.InvariantCulture)
            : text.Replace("E", "e");
    }
}
