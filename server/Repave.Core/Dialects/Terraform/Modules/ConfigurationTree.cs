using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Model;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>A root module and the modules that it calls, with values.</summary>
public sealed class ConfigurationTree
{
    private readonly IReadOnlyDictionary<string, TerraformModule> _modules;
    private readonly InstalledModules? _installed;

    /// <summary>A tree.</summary>
    /// <param name="modules">The modules, by folder.</param>
    /// <param name="root">The folder of the root.</param>
    /// <param name="variables">Values of its variables.</param>
    /// <param name="values">Knows resources; null if only their configuration is known.</param>
    /// <param name="readFile">The text of a file by its path; null if none is known.</param>
    /// <param name="installed">What <c>terraform init</c> has installed; null if that is not known.</param>
    /// <param name="knowsDefaults">Whether variables that nobody gives a value have their defaults; or else they are unknown.</param>
    public ConfigurationTree(
        IReadOnlyDictionary<string, TerraformModule> modules, string root, IReadOnlyDictionary<string, TerraformValue>? variables = null,
        IResourceValues? values = null, Func<string, string?>? readFile = null, InstalledModules? installed = null,
        bool knowsDefaults = true)
    {
        KnowsDefaults = knowsDefaults;
        (_modules, Values, ReadFile, _installed) = (modules, values, readFile, installed);
        var module = modules.TryGetValue(root, out var found) ? found : new TerraformModule(root, []);
        Root = new ModuleInstance(this, module, null, null, null, variables ?? new Dictionary<string, TerraformValue>());
    }

    /// <summary>The root module.</summary>
    public ModuleInstance Root { get; }

    internal bool KnowsDefaults { get; }

    internal IResourceValues? Values { get; }

    internal Func<string, string?>? ReadFile { get; }

    /// <summary>Every module of the tree, the root first; what is called an unknown number of times is left out.</summary>
    public IEnumerable<ModuleInstance> All
    {
        get
        {
            var open = new Stack<ModuleInstance>();
            open.Push(Root);
            while (open.Count > 0)
            {
                var next = open.Pop();
                yield return next;
                foreach (var call in next.Module.Of(TerraformKind.Module))
                {
                    foreach (var child in next.Children(call) ?? [])
                        open.Push(child);
                }
            }
        }
    }

    /// <summary>The module that a call means; null where it is not among the files.</summary>
    internal TerraformModule? ModuleOf(ModuleInstance from, TerraformItem call) =>
        Folder(from.Module, call, _installed, InstalledModules.KeyOf(from, call)) is { } folder
            && _modules.TryGetValue(folder, out var module)
            ? module : null;

    /// <summary>The folder of the module that a call means; null where that is not known.</summary>
    internal static string? Folder(TerraformModule from, TerraformItem call, InstalledModules? installed, string key)
    {
        if (from.Argument(call, "source")?.Text is not { } source)
            return null;
        return ModuleCalls.IsLocal(source) ? TerraformFiles.Join(from.Folder, source) : installed?.FolderOf(key);
    }

    /// <summary>The values that files give the variables of a root module, those that Terraform reads by itself, in its order.</summary>
    /// <param name="manifests">All files.</param>
    /// <param name="root">The folder of the root.</param>
    /// <param name="others">Paths of further files of values, the last having the last word.</param>
    public static Dictionary<string, TerraformValue> Assigned(
        IEnumerable<Manifest> manifests, string root, IReadOnlyList<string>? others = null)
    {
        var all = manifests.Where(m => TerraformFiles.KindOf(m.Path) == TerraformFileKind.Values).ToList();
        var chosen = all.Where(m => TerraformItem.FolderOf(m.Path) == root && TerraformFiles.IsAutomatic(m.Path))
            .OrderBy(m => m.FileName.StartsWith("terraform.tfvars", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(m => m.FileName, StringComparer.Ordinal)
            .Concat((others ?? []).Select(path => all.Find(m => m.Path == path)).OfType<Manifest>());
        var values = new Dictionary<string, TerraformValue>(StringComparer.Ordinal);
        foreach (var manifest in chosen)
        {
            foreach (var slot in manifest.Source.Documents)
            {
                foreach (var attribute in TerraformModule.BodyOf(slot.Document)?.Attributes ?? [])
                    values[attribute.Name] = Evaluator.Evaluate(attribute.Value, EvaluationScope.Empty);
            }
        }

        return values;
    }
}
