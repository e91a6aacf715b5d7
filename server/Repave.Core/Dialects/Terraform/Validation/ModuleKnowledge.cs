using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Dialects.Terraform.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>What is known of a module whoever calls it: its variables are unknown, and so is everything that a provider gives. Used under a
/// lock, because values are kept once they are found.</summary>
internal sealed class ModuleKnowledge
{
    private readonly IReadOnlyDictionary<string, TerraformModule> _modules;
    private ModuleInstance? _instance;

    public ModuleKnowledge(IReadOnlyDictionary<string, TerraformModule> modules, TerraformModule module) =>
        (_modules, Module) = (modules, module);

    /// <summary>The module.</summary>
    public TerraformModule Module { get; }

    /// <summary>The module with unknown variables.</summary>
    public ModuleInstance Instance =>
        _instance ??= new ConfigurationTree(_modules, Module.Folder, values: NothingKnown.Instance, knowsDefaults: false).Root;

    /// <summary>The folders of other modules below its own or beside it, as calls name them.</summary>
    public IEnumerable<string> Folders
    {
        get
        {
            var here = Module.Folder;
            var above = here.LastIndexOf('/') is > 0 and var slash ? here.Substring(0, slash + 1) : "";
            foreach (var folder in _modules.Keys.Where(f => f != here && _modules[f].Items.Count > 0).OrderBy(f => f, StringComparer.Ordinal))
            {
                if (here.Length == 0 || folder.StartsWith(here + "/", StringComparison.Ordinal))
                    yield return "./" + folder.Substring(here.Length == 0 ? 0 : here.Length + 1);
                else if (above.Length > 0 && folder.StartsWith(above, StringComparison.Ordinal))
                    yield return "../" + folder.Substring(above.Length);
            }
        }
    }

    /// <summary>The module that a call means; null where it is not among the files.</summary>
    public TerraformModule? Called(TerraformItem call) =>
        ConfigurationTree.Folder(Module, call, null, "") is { } folder && _modules.TryGetValue(folder, out var module)
            && module.Items.Count > 0 ? module : null;

    /// <summary>The schema of a resource or data source, where the pack speaks of a version that the module takes, and
    /// how surely.</summary>
    public SchemaBlock? SchemaOf(TerraformItem item, out Severity severity)
    {
        severity = Severity.Error;
        var isProvider = item.Kind == TerraformKind.Provider;
        if ((item.ResourceType.Length == 0 && !isProvider) || item.Kind == TerraformKind.Ephemeral)
            return null;
        if (BuiltinProvider.Of(item.ResourceType) is { } builtin)
            return (item.Kind == TerraformKind.Data ? builtin.Data(item.ResourceType) : builtin.Resource(item.ResourceType))?.Body;
        var pack = ProviderPacks.Embedded.Provider(Module.ProviderOf(item));
        var schema = isProvider ? pack?.Configuration
            : (item.Kind == TerraformKind.Data ? pack?.Data(item.ResourceType) : pack?.Resource(item.ResourceType))?.Body;
        if (pack is null || schema is null)
            return null;
        var written = VersionOf(item);
        // Without a word on the version the newest is taken, which the pack need not be.
        severity = Severity.Warning;
        if (written is null)
            return schema;
        if (VersionConstraint.Parse(written) is not { } constraint || !constraint.Takes(pack.Version))
            return null;
        if (pack.Version.StartsWith($"{constraint.Oldest}.", StringComparison.Ordinal))
            severity = Severity.Error;
        return schema;
    }

    /// <summary>Whether it is known in which case a resource's provider takes values.</summary>
    public bool KnowsCase(TerraformItem item) => ProviderPacks.Embedded.Provider(Module.ProviderOf(item))?.KnowsCase == true;

    /// <summary>Whether the module takes releases of a resource's provider that are newer than the pack's, which may know more values.</summary>
    public bool TakesNewer(TerraformItem item) =>
        ProviderPacks.Embedded.Provider(Module.ProviderOf(item)) is { } pack
        && (VersionOf(item) is not { } written || VersionConstraint.Parse(written) is not { } constraint
            || constraint.TakesAfter(pack.Version));

    private string? VersionOf(TerraformItem item)
    {
        var provider = Module.ProviderNameOf(item);
        foreach (var block in Module.Items.Where(i => i.Kind == TerraformKind.Terraform)
            .SelectMany(i => i.Body.BlocksOf("required_providers")))
        {
            if (block.Body[provider] is { } written)
                return (written as Syntax.Hcl.HclObject)?["version"]?.Text ?? written.Text;
        }

        return null;
    }
}
