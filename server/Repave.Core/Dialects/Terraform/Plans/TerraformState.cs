using System.Runtime.CompilerServices;
using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>
/// A state: <c>terraform.tfstate</c> (and <c>terraform state pull</c>, which prints it) or what <c>terraform show -json</c> prints of one.
/// </summary>
internal sealed class TerraformState
{
    private const int MaxModules = 500;

    private static readonly ConditionalWeakTable<Document, TerraformState> Known = new();

    private readonly Dictionary<InstanceAddress, StateInstance> _instances = [];

    private TerraformState(MapNode root)
    {
        if (IsStateFile(root))
            ReadFile(root);
        else
            ReadModule((root["values"] ?? root["prior_state"]?["values"])?["root_module"] as MapNode, "", 0);
    }

    /// <summary>Its instances by address.</summary>
    public IReadOnlyDictionary<InstanceAddress, StateInstance> Instances => _instances;

    /// <summary>The state in a document; null if there is none in it.</summary>
    public static TerraformState? Of(Document document) => document.Root is MapNode root && (IsStateFile(root) || IsShown(root))
        ? Known.GetValue(document, static d => new TerraformState((MapNode)d.Root!)) : null;

    /// <summary>The states in manifests.</summary>
    public static IEnumerable<TerraformState> In(IEnumerable<Manifest> manifests) =>
        manifests.SelectMany(m => m.Source.Documents).Select(slot => Of(slot.Document)).OfType<TerraformState>();

    private static bool IsStateFile(MapNode root) => root.Has("terraform_version") && root["resources"] is ListNode && root.Has("version");

    private static bool IsShown(MapNode root) => root.Has("format_version") && (root["values"] is MapNode
        || root["prior_state"] is MapNode);

    private void ReadFile(MapNode root)
    {
        foreach (var resource in root.ItemsAt("resources").OfType<MapNode>())
        {
            if (resource.TextAt("type") is not { } type || resource.TextAt("name") is not { } name)
                continue;
            foreach (var instance in resource.ItemsAt("instances").OfType<MapNode>())
            {
                // What a broken replacement left over is deleted by the next apply, whatever the text says.
                if (instance.Has("deposed"))
                    continue;
                var key = (instance["index_key"]?.Resolved as ScalarNode) switch
                {
                    null or { IsNull: true } => null,
                    { Kind: ScalarKind.Integer } number => number.Value,
                    { } text => InstanceAddress.KeyOf(text.Value),
                };
                Add(new StateInstance(new InstanceAddress(resource.TextAt("module") ?? "", type, name, key,
                    resource.TextAt("mode") == "data"))
                {
                    Attributes = instance["attributes"]?.Resolved as MapNode,
                    IsTainted = instance.TextAt("status") == "tainted",
                    IsCreatedFirst = (instance["create_before_destroy"]?.Resolved as ScalarNode)?.IsTrue == true,
                    SchemaVersion = (int)((instance["schema_version"]?.Resolved as ScalarNode)?.Integer ?? 0),
                    Provider = resource.TextAt("provider"),
                    Dependencies = [.. instance.ItemsAt("dependencies").OfType<ScalarNode>().Select(d => d.Value)],
                });
            }
        }
    }

    private void ReadModule(MapNode? module, string address, int depth)
    {
        if (module is null || depth > MaxModules)
            return;
        foreach (var resource in module.ItemsAt("resources").OfType<MapNode>())
        {
            if (resource.TextAt("address") is { } text && InstanceAddress.Parse(text) is { } at)
            {
                Add(new StateInstance(at)
                {
                    Attributes = resource["values"]?.Resolved as MapNode,
                    IsTainted = (resource["tainted"]?.Resolved as ScalarNode)?.IsTrue == true,
                    SchemaVersion = (int)((resource["schema_version"]?.Resolved as ScalarNode)?.Integer ?? 0),
                    Provider = resource.TextAt("provider_name"),
                    Dependencies = [.. resource.ItemsAt("depends_on").OfType<ScalarNode>().Select(d => d.Value)],
                });
            }
        }

        foreach (var child in module.ItemsAt("child_modules").OfType<MapNode>())
            ReadModule(child, child.TextAt("address") ?? address, depth + 1);
    }

    private void Add(StateInstance instance) => _instances[instance.Address] = instance;
}
