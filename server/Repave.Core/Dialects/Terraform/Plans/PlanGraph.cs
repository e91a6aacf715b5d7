using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Model;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>
/// A configuration with everything that it makes: modules, resources and their instances, evaluated when somebody first asks, against what
/// a state has of them.
/// </summary>
internal sealed class PlanGraph
{
    public const int MaxModuleDepth = 60;

    // Each level is some twenty calls deep; whatever is deeper is not known.
    private const int MaxDepth = 220;

    private static readonly HashSet<string> NeverKnown = new(StringComparer.Ordinal) { "timestamp", "uuid", "bcrypt" };

    private readonly IReadOnlyDictionary<string, TerraformModule> _modules;
    private readonly Dictionary<string, TerraformValue> _given = new(StringComparer.Ordinal);
    private readonly Stack<Tracker> _trackers = new();
    private int _depth;

    public PlanGraph(IReadOnlyDictionary<string, TerraformModule> modules, TerraformModule root, IReadOnlyList<Manifest> manifests,
        IReadOnlyDictionary<InstanceAddress, StateInstance> state, ProviderPacks packs)
    {
        (_modules, State, Packs, RootFolder) = (modules, state, packs, root.Folder);
        ReadValues(manifests, root.Folder);
        foreach (var import in root.Items.Where(i => i.Kind == TerraformKind.Import))
        {
            if (import.Body["to"] is { } to && StateMoves.AddressOf(to) is { } address)
                Imports.Add(address);
        }

        Root = new ModuleNode(this, root, "", null, null, ModuleNode.NoNames);
    }

    public ModuleNode Root { get; }

    public string RootFolder { get; }

    /// <summary>What there is, by the addresses that it has now.</summary>
    public IReadOnlyDictionary<InstanceAddress, StateInstance> State { get; }

    public ProviderPacks Packs { get; }

    /// <summary>The addresses that the text takes over from what is there already.</summary>
    public HashSet<string> Imports { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the state was made of an earlier text, so that what a provider gives stands in it as unknown.</summary>
    public bool IsFromText { get; init; }

    /// <summary>The text of a file by its path; null where it is not known.</summary>
    public Func<string, string?>? FileOf { get; init; }

    /// <summary>Providers that may be asked; null for none.</summary>
    public IProviderAnswers? Answers { get; init; }

    /// <summary>Whether what only a provider knows gets words that stand for it.</summary>
    public bool NamesUnknowns { get; init; }

    public bool IsTooDeep => _depth > MaxDepth;

    /// <summary>All instances of modules, the root first.</summary>
    public IEnumerable<ModuleNode> Modules
    {
        get
        {
            var open = new Stack<ModuleNode>([Root]);
            while (open.Count > 0)
            {
                var module = open.Pop();
                yield return module;
                foreach (var call in module.Calls.Values.Reverse())
                {
                    foreach (var instance in call.Instances.Reverse())
                        open.Push(instance);
                }
            }
        }
    }

    /// <summary>The module that a call names; null where its text is not at hand.</summary>
    public TerraformModule? ModuleOf(TerraformModule caller, TerraformItem call)
    {
        if (caller.Argument(call, "source")?.Text is not { } source)
            return null;
        if (!source.StartsWith("./", StringComparison.Ordinal) && !source.StartsWith("../", StringComparison.Ordinal)
            && source is not ("." or ".."))
            return null;
        return TerraformFiles.Join(caller.Folder, source) is { } folder && _modules.TryGetValue(folder, out var module)
            && !ReferenceEquals(module, caller) ? module : null;
    }

    /// <summary>The value that files of values give a variable of the root; null where none does.</summary>
    public TerraformValue? Given(string variable) => _given.TryGetValue(variable, out var value) ? value : null;

    /// <summary>Notes what is looked at while something is evaluated, for it and for whoever asked for it.</summary>
    public T Track<T>(Tracker tracker, Func<T> evaluate)
    {
        try
        {
            return Within(tracker, evaluate);
        }
        finally
        {
            if (_trackers.Count > 0)
                _trackers.Peek().Add(tracker);
        }
    }

    /// <summary>Evaluates what nobody waits for: it leaves no trace with who asks.</summary>
    public T Apart<T>(Func<T> evaluate) => Within(new Tracker(), evaluate);

    private T Within<T>(Tracker tracker, Func<T> evaluate)
    {
        _trackers.Push(tracker);
        _depth++;
        try
        {
            return evaluate();
        }
        finally
        {
            _depth--;
            _trackers.Pop();
        }
    }

    public void Saw(ResourceNode node)
    {
        if (_trackers.Count > 0)
            _trackers.Peek().Seen.Add(node);
    }

    public void Saw(Tracker tracker)
    {
        if (_trackers.Count > 0)
            _trackers.Peek().Add(tracker);
    }

    /// <summary>Notes whether an expression holds what is never known before it is applied.</summary>
    public void Look(HclExpression expression)
    {
        if (_trackers.Count > 0 && expression.All.Any(e => e is HclCall call && NeverKnown.Contains(call.Name)))
            _trackers.Peek().IsNeverKnown = true;
    }

    // As Terraform reads them: terraform.tfvars, its JSON form, then *.auto.tfvars in the order of their names.
    private void ReadValues(IReadOnlyList<Manifest> manifests, string folder)
    {
        var files = manifests.Where(m => TerraformFiles.IsAutomatic(m.Path) && TerraformItem.FolderOf(m.Path) == folder)
            .OrderBy(m => m.FileName.StartsWith("terraform.tfvars", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(m => m.FileName, StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var slot in file.Source.Documents)
            {
                foreach (var attribute in TerraformModule.BodyOf(slot.Document)?.Attributes ?? [])
                    _given[attribute.Name] = Evaluator.Evaluate(attribute.Value, EvaluationScope.Empty);
            }
        }
    }
}
