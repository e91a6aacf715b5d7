using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>One thing that a configuration declares: a block of its top level, a local value, or the value of a variable. Its namespace is
/// the folder of its module.</summary>
public sealed class TerraformItem : Resource
{
    private TerraformItem(
        ResourceId id, Manifest manifest, DocumentSlot slot, TerraformKind kind, HclBlock block, HclAttribute? attribute)
        : base(id, manifest, slot) => (Kind, Block, Attribute) = (kind, block, attribute);

    /// <summary>What it declares.</summary>
    public TerraformKind Kind { get; }

    /// <summary>The block; of the value of a variable an empty one.</summary>
    public HclBlock Block { get; }

    /// <summary>The argument, where it is a local value or the value of a variable; null otherwise.</summary>
    public HclAttribute? Attribute { get; }

    /// <summary>What it holds.</summary>
    public HclBody Body => Block.Body;

    /// <summary>Its name.</summary>
    public string Name => Id.Name;

    /// <summary>The folder of its module, without a slash at its end; empty for where the paths begin.</summary>
    public string Folder => Id.Namespace ?? "";

    /// <summary>The type of a resource or data source (<c>aws_instance</c>); empty for everything else.</summary>
    public string ResourceType =>
        Kind is TerraformKind.Resource or TerraformKind.Data or TerraformKind.Ephemeral ? Block.Label(0) ?? "" : "";

    /// <summary>How expressions of its module name it.</summary>
    public string Address => Kind switch
    {
        TerraformKind.Resource => $"{ResourceType}.{Name}",
        TerraformKind.Data => $"data.{ResourceType}.{Name}",
        TerraformKind.Ephemeral => $"ephemeral.{ResourceType}.{Name}",
        TerraformKind.Module => $"module.{Name}",
        TerraformKind.Variable => $"var.{Name}",
        TerraformKind.Local => $"local.{Name}",
        TerraformKind.Output => $"output.{Name}",
        _ => Name.Length == 0 ? Block.Type : $"{Block.Type}.{Name}",
    };

    /// <inheritdoc/>
    public override TextSpan Span => Attribute is { } attribute && Kind is TerraformKind.Local or TerraformKind.Assignment
        ? attribute.Span : Block.Span;

    /// <inheritdoc/>
    public override TextSpan NameSpan => Attribute?.NameSpan
        ?? (Block.Labels.Count > 0 ? Block.Labels[Block.Labels.Count - 1].Span : Block.TypeSpan);

    /// <summary>What a document declares.</summary>
    public static IReadOnlyList<TerraformItem> Of(Manifest manifest, DocumentSlot slot, HclBody body)
    {
        var items = new List<TerraformItem>();
        var folder = FolderOf(manifest.Path);
        void Add(TerraformKind kind, string type, string name, HclBlock block, HclAttribute? attribute = null) =>
            items.Add(new TerraformItem(new ResourceId(TerraformDialect.DialectName, type, folder, name), manifest, slot,
                kind, block, attribute));
        var files = TerraformFiles.KindOf(manifest.Path);
        foreach (var block in body.Blocks)
        {
            var (first, second) = (block.Label(0) ?? "", block.Label(1) ?? "");
            switch (block.Type)
            {
                case "provider" when files == TerraformFileKind.Lock:
                    Add(TerraformKind.Lock, "lock", first, block);
                    break;
                case "run" when files == TerraformFileKind.Test:
                    Add(TerraformKind.Run, "run", first, block);
                    break;
                case var _ when files is TerraformFileKind.Values or TerraformFileKind.Lock:
                    Add(TerraformKind.Other, block.Type, first, block);
                    break;
                case "variables" when files == TerraformFileKind.Test:
                    foreach (var attribute in block.Body.Attributes)
                        Add(TerraformKind.Assignment, "value", attribute.Name, block, attribute);
                    break;
                case "resource":
                    Add(TerraformKind.Resource, first, second, block);
                    break;
                case "data":
                    Add(TerraformKind.Data, "data." + first, second, block);
                    break;
                case "ephemeral":
                    Add(TerraformKind.Ephemeral, "ephemeral." + first, second, block);
                    break;
                case "module":
                    Add(TerraformKind.Module, "module", first, block);
                    break;
                case "variable":
                    Add(TerraformKind.Variable, "variable", first, block);
                    break;
                case "output":
                    Add(TerraformKind.Output, "output", first, block);
                    break;
                case "locals":
                    foreach (var attribute in block.Body.Attributes)
                        Add(TerraformKind.Local, "local", attribute.Name, block, attribute);
                    if (block.Body.Attributes.Count == 0)
                        Add(TerraformKind.Other, "locals", "", block);
                    break;
                case "provider":
                    Add(TerraformKind.Provider, "provider", block.Body["alias"]?.Text is { } alias ? $"{first}.{alias}" : first, block);
                    break;
                case "terraform":
                    Add(TerraformKind.Terraform, "terraform", "", block);
                    break;
                case "moved":
                    Add(TerraformKind.Moved, "moved", "", block);
                    break;
                case "import":
                    Add(TerraformKind.Import, "import", "", block);
                    break;
                case "removed":
                    Add(TerraformKind.Removed, "removed", "", block);
                    break;
                case "check":
                    Add(TerraformKind.Check, "check", first, block);
                    break;
                default:
                    Add(TerraformKind.Other, block.Type, first, block);
                    break;
            }
        }

        foreach (var attribute in body.Attributes)
        {
            var none = new HclBlock("", attribute.NameSpan, [], new HclBody(attribute.Span, [], []), attribute.Span);
            Add(files is TerraformFileKind.Values ? TerraformKind.Assignment : TerraformKind.Other, "value",
                attribute.Name, none, attribute);
        }

        return items;
    }

    /// <summary>The folder of a file, without a slash at its end.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is var at and >= 0 ? path.Substring(0, at) : "";

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new TerraformItem(Id, later, moved, Kind, Block, Attribute);
}
