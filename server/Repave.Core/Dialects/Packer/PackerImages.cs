using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer;

/// <summary>The machine images that templates build, and those that they build upon.</summary>
internal static class PackerImages
{
    private const string Aws = "aws", Google = "google", Azure = "azure";

    // What builders call the images that they make, by the first words of their types.
    private static readonly (string Builder, string Argument, string Cloud, MachineImageKind Kind)[] Built =
    [
        ("amazon-", "ami_name", Aws, MachineImageKind.Name),
        ("googlecompute", "image_name", Google, MachineImageKind.Name),
        ("googlecompute", "image_family", Google, MachineImageKind.Family),
        ("azure-", "managed_image_name", Azure, MachineImageKind.Name),
    ];

    // What they call the images that they begin with.
    private static readonly (string Builder, string Argument, string Cloud, MachineImageKind Kind)[] Begun =
    [
        ("amazon-", "source_ami", Aws, MachineImageKind.Id),
        ("googlecompute", "source_image", Google, MachineImageKind.Name),
        ("googlecompute", "source_image_family", Google, MachineImageKind.Family),
        ("azure-", "custom_managed_image_name", Azure, MachineImageKind.Name),
    ];

    /// <summary>The images that a resource says how to build.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="find">What a name of the folder declares.</param>
    public static IEnumerable<MachineImageBuild> BuiltBy(Resource resource, Func<ResourceId, Resource?> find) => resource switch
    {
        PackerBlock { Block: { Type: "source" } source } => BuiltBy(source.Label(0) ?? "", source.Body, resource, find),
        PackerBlock { Block: { Type: "build" } build } => build.Body.BlocksOf("source")
            // A build may say the name that its source leaves open, and a file that is taken over becomes an image.
            .SelectMany(block => BuiltBy(TypeOf(block), block.Body, resource, find))
            .Concat(build.Body.BlocksOf("post-processors").SelectMany(static block => block.Body.BlocksOf("post-processor"))
                .Concat(build.Body.BlocksOf("post-processor")).Where(static block => block.Label(0) == "amazon-import")
                .SelectMany(block => BuiltBy("amazon-import", block.Body, resource, find))),
        PackerManifest manifest => manifest.Images.Select(image => new MachineImageBuild(manifest, image.Span,
            MachineImageName.Of(Aws, MachineImageKind.Id, image.Id))),
        PackerTemplate template => template.Root.ItemsAt("builders")
            .SelectMany(builder => In(Built, builder.TextAt("type") ?? "", builder, template)
                .Select(found => new MachineImageBuild(resource, found.Span, found.Name)))
            .Concat(template.PostProcessors.Where(static step => step.TextAt("type") == "amazon-import")
                .SelectMany(step => In(Built, "amazon-import", step, template))
                .Select(found => new MachineImageBuild(resource, found.Span, found.Name))),
        _ => [],
    };

    /// <summary>The images that a resource begins with, or looks for.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="find">What a name of the folder declares.</param>
    public static IEnumerable<MachineImageUse> UsedBy(Resource resource, Func<ResourceId, Resource?> find)
    {
        if (resource is PackerTemplate template)
            return template.Root.ItemsAt("builders").SelectMany(builder => UsedBy(builder, template));
        return resource switch
        {
            PackerBlock { Block: { Type: "source" } source } =>
                Begun.Where(row => StartsWith(source.Label(0), row.Builder))
                    .SelectMany(row => Use(source.Body[row.Argument], row.Cloud, row.Kind))
                    .Concat(Lookups(source.Body, "source_ami_filter")),
            PackerBlock { Block: { Type: "data" } data } when data.Label(0) == "amazon-ami" =>
                Lookup(data.Body["filters"], data.Body["owners"]),
            PackerBlock { Block: { Type: "data" } data } when data.Label(0) == "amazon-parameterstore" =>
                Use(data.Body["name"], Aws, MachineImageKind.Parameter),
            _ => [],
        };

        IEnumerable<MachineImageUse> Use(HclExpression? value, string cloud, MachineImageKind kind) =>
            value is null || NameOf(value, cloud, kind, resource, find) is not { } name ? []
                : [new MachineImageUse(resource, value.Span, name, false)];
        IEnumerable<MachineImageUse> Lookups(HclBody body, string name) =>
            body.BlocksOf(name).SelectMany(block => Lookup(block.Body["filters"], block.Body["owners"]))
                .Concat(body[name] is HclObject map ? Lookup(map["filters"], map["owners"]) : []);
        IEnumerable<MachineImageUse> Lookup(HclExpression? filters, HclExpression? owners)
        {
            var owned = ((owners as HclTuple)?.Items ?? []).Select(static owner => owner.Text).ToList();
            if ((filters as HclObject)?["name"] is not { } value || MachineImageOwners.AreOthers(owned)
                || NameOf(value, Aws, MachineImageKind.Name, resource, find) is not { } name)
                return [];
            return [new MachineImageUse(resource, value.Span, name, MachineImageOwners.IsOwn(owned))];
        }
    }

    private static IEnumerable<MachineImageBuild> BuiltBy(string type, HclBody body, Resource resource, Func<ResourceId, Resource?> find)
    {
        foreach (var row in Built.Where(row => StartsWith(type, row.Builder)))
        {
            if (body[row.Argument] is { } value && NameOf(value, row.Cloud, row.Kind, resource, find) is { } name)
                yield return new MachineImageBuild(resource, value.Span, name);
        }
    }

    private static IEnumerable<MachineImageUse> UsedBy(Node builder, PackerTemplate template)
    {
        var type = builder.TextAt("type") ?? "";
        foreach (var (span, name) in In(Begun, type, builder, template))
            yield return new MachineImageUse(template, span, name, false);
        if (!StartsWith(type, "amazon-") || builder["source_ami_filter"] is not { } filter
            || filter["filters"]?["name"] is not ScalarNode value)
            yield break;
        var owned = filter["owners"] is ListNode ? filter.ItemsAt("owners").Select(static owner => (owner as ScalarNode)?.Value).ToList()
            : [filter.TextAt("owners")];
        if (!MachineImageOwners.AreOthers(owned))
            yield return new MachineImageUse(template, value.Span, NameOf(value, Aws, MachineImageKind.Name, template),
                MachineImageOwners.IsOwn(owned));
    }

    private static IEnumerable<(TextSpan Span, MachineImageName Name)> In(
        (string Builder, string Argument, string Cloud, MachineImageKind Kind)[] rows, string type, Node node, PackerTemplate template)
    {
        foreach (var row in rows.Where(row => StartsWith(type, row.Builder)))
        {
            if (node[row.Argument] is ScalarNode { Value.Length: > 0 } value)
                yield return (value.Span, NameOf(value, row.Cloud, row.Kind, template));
        }
    }

    private static bool StartsWith(string? type, string builder) => type?.StartsWith(builder, StringComparison.Ordinal) == true;

    // A build names its source with or without the word before it.
    private static string TypeOf(HclBlock source)
    {
        var name = source.Label(0) ?? "";
        name = name.StartsWith("source.", StringComparison.Ordinal) ? name.Substring("source.".Length) : name;
        return name.Split('.')[0];
    }

    private static MachineImageName? NameOf(HclExpression value, string cloud, MachineImageKind kind, Resource resource,
        Func<ResourceId, Resource?> find)
    {
        var (likely, certain) = (Of(true), Of(false));
        // An id is known as a whole or not at all.
        return kind == MachineImageKind.Id && !likely.IsWhole ? null : new MachineImageName(cloud, kind, likely, certain);

        NamePattern Of(bool takesDefaults) =>
            new HclNames(name => ValueOf(name, resource, find, takesDefaults), PackerEngine.Pattern).Of(value);
    }

    // Anybody may give variables another value, and must where none is there; locals are what they are.
    private static HclExpression? ValueOf(HclTraversal name, Resource resource, Func<ResourceId, Resource?> find, bool takesDefaults)
    {
        if (name is not { Root: "var" or "local", Steps: [{ IsIndex: false, Name: { } first }] } || (name.Root == "var" && !takesDefaults)
            || SecretNames.Is(first))
            return null;
        var type = name.Root == "var" ? "variable" : "local";
        var declared = find(new ResourceId(PackerDialect.DialectName, type, resource.Id.Namespace, first));
        var value = declared switch
        {
            PackerLocal local => local.Attribute.Value,
            PackerBlock { Block.Body: var body } when body["sensitive"] is not HclLiteral { IsTrue: true } =>
                body[name.Root == "var" ? "default" : "expression"],
            _ => null,
        };
        return name.Root == "var" && value?.Text is "" ? null : value;
    }

    private static MachineImageName NameOf(ScalarNode value, string cloud, MachineImageKind kind, PackerTemplate template)
    {
        var variables = template.Root["variables"];
        var hidden = template.Root.ItemsAt("sensitive-variables").Select(static name => (name as ScalarNode)?.Value).ToList();
        return new MachineImageName(cloud, kind, new(PackerEngine.Pattern(value.Value,
                name => hidden.Contains(name) || SecretNames.Is(name) ? null : variables?.TextAt(name))),
            new(PackerEngine.Pattern(value.Value)));
    }
}
