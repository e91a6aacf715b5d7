using System.Text;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Ignition;

/// <summary>What Ignition checks beyond the types of fields: its functions named Validate (config/v3_*/types), which Butane asks as well
/// once it has translated.</summary>
/// <param name="config">The config.</param>
/// <param name="version">The version of Ignition's that decides.</param>
/// <param name="sink">Where findings go.</param>
internal sealed class IgnitionChecks(HostConfigResource config, string version, FindingSink sink)
{
    private const int MaxMode = 4095;

    private const int MaxPartitionLabel = 36;

    // Lists in which an entry may stand twice, and those that share their entries with others.
    private static readonly HashSet<string> MayRepeat = new(StringComparer.Ordinal)
    {
        "append", "options", "mountOptions", "openOptions", "trees", "sshAuthorizedKeysLocal",
    };

    private static readonly string[] UnitKinds =
    [
        ".service", ".socket", ".device", ".mount", ".automount", ".swap", ".target", ".path", ".timer", ".snapshot", ".slice", ".scope",
    ];

    private static readonly BoundedRegex GuidForm =
        BoundedRegex.TryCreate("^(|[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})$")!;

    private static readonly Dictionary<string, int> LongestLabel = new(StringComparer.Ordinal)
    {
        ["ext4"] = 16,
        ["btrfs"] = 256,
        ["xfs"] = 12,
        ["swap"] = 15,
        ["vfat"] = 11,
    };

    private readonly Version _version = HostConfigShapes.Number(version) ?? new Version(3, 0, 0);

    /// <summary>Checks the whole config.</summary>
    /// <param name="shape">Its shape.</param>
    public void Run(Shape shape) => Walk(config.Root, shape);

    private void Walk(Node? node, Shape? shape)
    {
        switch (node?.Resolved)
        {
            case MapNode map when shape?.Fields is not null:
                Check(map, shape.Name.Substring(shape.Name.LastIndexOf('/') + 1));
                CheckRepeated(map);
                foreach (var entry in map.AllEntries)
                    Walk(entry.Value, shape.Fields[entry.Name ?? ""]?.Shape);
                break;
            case ListNode list:
                foreach (var item in list.ResolvedItems)
                    Walk(item, shape?.Items);
                break;
        }
    }

    private void Check(MapNode map, string structure)
    {
        switch (structure)
        {
            case "File" or "Directory" or "Link":
                CheckNode(map, structure);
                break;
            case "NodeUser" or "NodeGroup":
                if (Has(map, "id") && Has(map, "name"))
                    Refuse(map.Find("name")!.Key, "An owner has an 'id' or a 'name', not both.");
                break;
            case "Disk":
                CheckDisk(map);
                break;
            case "Partition":
                CheckPartition(map);
                break;
            case "Filesystem":
                CheckFilesystem(map);
                break;
            case "Raid":
                CheckRaid(map);
                break;
            case "Luks":
                CheckLuks(map);
                break;
            case "Unit":
                if (Name(map) is { } unit && !Array.Exists(UnitKinds, kind => unit.Value.EndsWith(kind, StringComparison.Ordinal)))
                    Malformed(unit, $"'{unit.Value}' is not the name of a unit: systemd knows its kind by an ending such as .service or .timer.");
                if (Has(map, "contents") && Has(map, "contentsLocal"))
                    Refuse(map.Find(NameOf("contentsLocal"))!.Key, "A unit has 'contents' or 'contents_local', not both.");
                break;
            case "Dropin":
                if (Name(map) is { } dropin && !dropin.Value.EndsWith(".conf", StringComparison.Ordinal))
                    Malformed(dropin, $"'{dropin.Value}' is not the name of a drop-in: it must end in .conf.");
                break;
            case "Tang":
                Require(map, "thumbprint");
                CheckUrl(Text(map, "url"), map, "http", "https");
                break;
            case "ClevisCustom" or "Custom":
                if (Has(map, "pin") || Has(map, "config"))
                {
                    Require(map, "pin");
                    Require(map, "config");
                }

                CheckValue(map, "pin", structure);
                break;
            case "TLS":
                foreach (var authority in map.ItemsAt(NameOf("certificateAuthorities")).OfType<MapNode>())
                {
                    if (!Has(authority, "source") && !Has(authority, "inline") && !Has(authority, "local"))
                        Missing(authority, "source");
                }

                break;
            case "Proxy":
                CheckUrl(Text(map, "httpProxy"), null, "http", "https");
                CheckUrl(Text(map, "httpsProxy"), null, "http", "https");
                break;
            case "Metadata" when config.IsButane:
                Require(map, "name");
                if (map["labels"]?.ScalarAt("machineconfiguration.openshift.io/role") is null or { Value: "" })
                    Missing(map, "labels['machineconfiguration.openshift.io/role']");
                break;
            case "Verification":
                CheckHash(Text(map, "hash"));
                break;
            case "Resource" or "FileContents" or "CaReference" or "ConfigReference":
                CheckSource(map, structure);
                break;
            case "HTTPHeader":
                if (map.ScalarAt("name") is null or { Value: "" })
                    Missing(map, "name");
                break;
        }
    }

    private void CheckNode(MapNode map, string structure)
    {
        CheckPath(map, "path", isRequired: true);
        if (Text(map, "mode") is { Integer: { } mode } node && (mode < 0 || mode > MaxMode))
            sink.Add(OutOfRange.Instance, config, node, $"'mode' is {mode}; a file's mode is between 0 and {MaxMode} (octal 7777).");
        if (structure == "File" && Text(map, "overwrite") is { IsTrue: true } overwrite && !HasContents(map))
            Refuse(overwrite, "'overwrite' needs 'contents' with a source: without it there is nothing to write.");
        if (structure == "Link" && !Has(map, "target"))
            Missing(map, "target");
    }

    private bool HasContents(MapNode file)
    {
        var contents = file["contents"];
        return contents is not (null or MapNode) || Has(contents, "source") || Has(contents, "inline") || Has(contents, "local");
    }

    private void CheckDisk(MapNode disk)
    {
        CheckPath(disk, "device", isRequired: true);
        var numbers = new HashSet<long>();
        var labels = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partition in disk.ItemsAt("partitions"))
        {
            if (Text(partition, "number") is { Integer: { } number and not 0 } node && !numbers.Add(number))
                Duplicate(node, $"Partition number {number} is used twice on this disk.");
            if (Text(partition, "label") is { } label && !labels.Add(label.Value))
                Duplicate(label, $"The partition label \"{label.Value}\" is used twice on this disk.");
        }
    }

    private void CheckPartition(MapNode partition)
    {
        if (Text(partition, "shouldExist") is { } exists && exists.Kind == ScalarKind.Boolean && !exists.IsTrue
            && (Has(partition, "label") || Has(partition, "typeGuid") || Has(partition, "guid") || Has(partition, "startMiB")
                || Has(partition, "sizeMiB")))
            Refuse(exists, "A partition that should not exist can only be named by its number.");
        if (!Has(partition, "label") && (!Has(partition, "number") || Text(partition, "number") is { Integer: 0 }))
            Missing(partition, "number");
        if (Text(partition, "label") is { } label)
        {
            if (Encoding.UTF8.GetByteCount(label.Value) > MaxPartitionLabel)
                sink.Add(OutOfRange.Instance, config, label, $"A partition's label has at most {MaxPartitionLabel} characters.");
            if (label.Value.IndexOf(':') >= 0)
                Malformed(label, "A partition's label cannot contain a colon.");
        }

        foreach (var field in (string[])["guid", "typeGuid"])
        {
            if (Text(partition, field) is { } guid && !GuidForm.Matches(guid.Value))
                Malformed(guid, $"'{guid.Value}' is not a GUID, such as 01234567-89AB-CDEF-EDCB-A98765432101.");
        }
    }

    private void CheckFilesystem(MapNode filesystem)
    {
        var format = Text(filesystem, "format");
        if (format is not { Value: "virtiofs" })
        {
            CheckPath(filesystem, "device", isRequired: true);
            CheckPath(filesystem, "path", isRequired: false);
        }

        if (filesystem.ScalarAt("format") is null or { IsNull: true } or { Value: "" })
        {
            if (NotEmpty(filesystem, "path") || NotEmpty(filesystem, "label") || NotEmpty(filesystem, "uuid")
                || Text(filesystem, "wipeFilesystem") is { IsTrue: true } || filesystem.ItemsAt("options").Any()
                || filesystem.ItemsAt(NameOf("mountOptions")).Any())
                Missing(filesystem, "format");
            return;
        }

        CheckValue(filesystem, "format", "Filesystem");
        if (format is not null && Text(filesystem, "label") is { } label && LongestLabel.TryGetValue(format.Value, out var longest)
            && Encoding.UTF8.GetByteCount(label.Value) > longest)
            sink.Add(OutOfRange.Instance, config, label, $"The label of a filesystem of format {format.Value} has at most {longest} characters.");
        if (config.IsButane && Text(filesystem, "withMountUnit") is { IsTrue: true } && format is { Value: not "swap" }
            && !Has(filesystem, "path"))
            Missing(filesystem, "path");
    }

    private void CheckRaid(MapNode raid)
    {
        Require(raid, "level");
        CheckValue(raid, "level", "Raid");
        if (raid["devices"] is null or ListNode { Items.Count: 0 })
            Missing(raid, "devices");
        if (Text(raid, "level") is { Value: "linear" or "raid0" or "0" or "stripe" } && Text(raid, "spares") is { Integer: not (null or 0) } spares)
            Refuse(spares, "An array of level linear or raid0 has no spares.");
    }

    private void CheckLuks(MapNode luks)
    {
        if (Name(luks) is { } name && name.Value.IndexOf('/') >= 0)
            Malformed(name, "The name of an encrypted device cannot contain a slash.");
        CheckPath(luks, "device", isRequired: true);
        if (luks["clevis"] is { } clevis && NotEmpty(clevis["custom"], "pin")
            && (clevis.ItemsAt("tang").Any() || Text(clevis, "tpm2") is { IsTrue: true }
                || Text(clevis, "threshold") is { Integer: not (null or 0) }))
            Refuse(clevis["custom"]!, "'clevis.custom' goes with none of 'tang', 'tpm2' and 'threshold'.");
    }

    private void CheckSource(MapNode resource, string structure)
    {
        CheckValue(resource, "compression", structure);
        if (config.IsButane)
        {
            var sources = ((string[])["inline", "local", "source"]).Where(field => Has(resource, field)).ToList();
            if (sources.Count > 1)
            {
                Refuse(resource.Find(sources[1])!.Key, $"Only one of 'inline', 'local' and 'source' may be written, not '{sources[0]}' and "
                    + $"'{sources[1]}'.");
                return;
            }
        }

        var source = resource.ScalarAt("source");
        var hasSource = Has(resource, "source") || Has(resource, "inline") || Has(resource, "local");
        if (!hasSource && resource["verification"] is { } verification && Has(verification, "hash"))
            Refuse(verification["hash"]!, "A hash needs a source to verify.");
        if (Text(resource, "source") is { Value.Length: > 0 } url && SourceUrl.Problem(url.Value, _version) is { } problem)
            Malformed(url, problem);
        if (resource[NameOf("httpHeaders")] is ListNode { Items.Count: > 0 } headers && (source is null || !FilledIn.Is(source))
            && source?.Value.StartsWith("http", StringComparison.OrdinalIgnoreCase) != true && !Has(resource, "local"))
            Refuse(headers, "HTTP headers go only with a source of http or https.");
    }

    private void CheckHash(ScalarNode? hash)
    {
        if (hash is null)
            return;
        var dash = hash.Value.IndexOf('-');
        var (function, sum) = dash < 0 ? ("", "") : (hash.Value.Substring(0, dash), hash.Value.Substring(dash + 1));
        var length = function switch { "sha512" => 128, "sha256" when _version >= new Version(3, 1) => 64, _ => 0 };
        if (length == 0)
            Malformed(hash, "A hash is written as sha512-… or sha256-… and the sum in hexadecimal digits.");
        else if (sum.Length != length)
            Malformed(hash, $"The sum of a {function} has {length} hexadecimal digits, not {sum.Length}.");
    }

    private void CheckUrl(ScalarNode? url, MapNode? requiredIn, params string[] schemes)
    {
        if (url is null)
        {
            if (requiredIn is not null && !Has(requiredIn, "url"))
                Missing(requiredIn, "url");
            return;
        }

        if (!Array.Exists(schemes, scheme => url.Value.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase)))
            Malformed(url, $"'{url.Value}' is not an address of {string.Join(" or ", schemes)}.");
    }

    private void CheckPath(MapNode map, string field, bool isRequired)
    {
        var node = map.ScalarAt(NameOf(field));
        if (node is null or { IsNull: true } or { Value: "" })
        {
            if (isRequired && map[NameOf(field)] is null or ScalarNode)
                Missing(map, field);
        }
        else if (!FilledIn.Is(node) && !IsPlainPath(node.Value))
        {
            Malformed(node, $"'{node.Value}' is not an absolute path without '.', '..', '//' or a slash at its end.");
        }
    }

    // Go's path.Clean leaves it as it is.
    private static bool IsPlainPath(string path) => path == "/" || (path[0] == '/' && !path.EndsWith("/", StringComparison.Ordinal)
        && path.Substring(1).Split('/').All(static part => part is not ("" or "." or "..")));

    private void CheckValue(MapNode map, string field, string structure)
    {
        // Ignition's own are held against its pack as they are read.
        if (!config.IsButane || Text(map, field) is not { } value || HostConfigShapes.ValuesOf(version, structure, field) is not { } values
            || values.Contains(CanonicalJson.Quote(value.Value)))
            return;
        sink.Add(ValueNotAllowed.Instance, config, value,
            $"'{field}' is \"{value.Value}\"; allowed are {string.Join(", ", values.Where(v => v != "\"\"").Select(v => v.Trim('"')))}.");
    }

    private void CheckRepeated(MapNode map)
    {
        var shared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.AllEntries)
        {
            if (entry.Value.Resolved is not ListNode list || MayRepeat.Any(name => entry.Name == NameOf(name)))
                continue;
            // Files, directories and links are one list of paths; arguments that should and should not exist are one as well.
            var seen = entry.Name is "files" or "directories" or "links" || entry.Name == NameOf("shouldExist")
                || entry.Name == NameOf("shouldNotExist") ? shared : new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in list.ResolvedItems)
            {
                if (KeyOf(item) is { } key && !FilledIn.Is(key) && !seen.Add(key.Value))
                    Duplicate(key, $"'{key.Value}' is there twice.");
            }
        }
    }

    private static ScalarNode? KeyOf(Node item) => item is ScalarNode { IsNull: false } scalar ? scalar
        : item["partitions"] is not null ? item.ScalarAt("device")
        : item.ScalarAt("path") is { } path && item.ScalarAt("device") is null ? path
        : item.ScalarAt("device") is { } device && item.ScalarAt("name") is null ? device
        : item.ScalarAt("url") ?? item.ScalarAt("name") ?? (item.ScalarAt("source") is { IsNull: false } source ? source : null);

    private bool Has(Node? map, string field) => (map as MapNode)?.Has(NameOf(field)) == true;

    private bool NotEmpty(Node? map, string field) => map?.ScalarAt(NameOf(field)) is { IsNull: false, Value.Length: > 0 };

    private ScalarNode? Text(Node? map, string field) =>
        map?.ScalarAt(NameOf(field)) is { IsNull: false } scalar && !FilledIn.Is(scalar) ? scalar : null;

    private ScalarNode? Name(MapNode map) => Text(map, "name") is { Value.Length: > 0 } name ? name : null;

    private void Require(MapNode map, string field)
    {
        if (!Has(map, field) || map.ScalarAt(NameOf(field)) is { Value: "" })
            Missing(map, field);
    }

    // Butane writes with underscores what Ignition writes with capitals.
    private string NameOf(string field)
    {
        if (!config.IsButane || field.IndexOf('.') >= 0)
            return field;
        var name = new StringBuilder();
        foreach (var c in field.Replace("MiB", "Mib"))
            name.Append(char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString());
        return name.ToString();
    }

    private void Missing(MapNode map, string field) =>
        sink.Add(MissingField.Instance, config, map, $"Missing required field '{NameOf(field)}'.");

    private void Malformed(Node node, string message) => sink.Add(MalformedValue.Instance, config, node, message);

    private void Refuse(Node node, string message) => sink.Add(RefusedCombination.Instance, config, node, message);

    private void Duplicate(Node node, string message) => sink.Add(DuplicateItem.Instance, config, node, message);
}
