using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Rules;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>Checks what only a module as a whole shows: what is declared twice, what needs itself, what nobody uses, values of variables
/// that there are not.</summary>
internal sealed class ModuleCheck(
    TerraformModule module, HashSet<string> used, IEnumerable<TerraformItem> assigned, Func<Resource, FindingSink> sinkOf)
{
    public void Check()
    {
        CheckTwice();
        CheckProvidersTwice();
        CheckCycles();
        CheckUnused();
        CheckAssignments();
    }

    private void CheckTwice()
    {
        var seen = new Dictionary<string, TerraformItem>(StringComparer.Ordinal);
        foreach (var item in module.Items)
        {
            if (TerraformFiles.IsOverride(item.Manifest.Path) || IsAlternative(item)
                || item.Kind is TerraformKind.Terraform or TerraformKind.Moved or TerraformKind.Import or TerraformKind.Removed
                    or TerraformKind.Other || item.Name.Length == 0)
                continue;
            if (!seen.TryGetValue(item.Address, out var first))
            {
                seen[item.Address] = item;
                continue;
            }

            sinkOf(item)
                .Add(DuplicateResource.Instance, item.NameSpan, $"'{item.Address}' is declared twice in this module.", item, related:
                [
                    new RelatedPlace(new Place(first.Manifest, first.Slot, first.NameSpan), "It is declared here first."),
                ]);
        }
    }

    // OpenTofu takes a file.tofu in the place of the file.tf beside it.
    private bool IsAlternative(TerraformItem item)
    {
        const string Tofu = ".tofu";
        var path = item.Manifest.Path;
        return path.EndsWith(Tofu, StringComparison.Ordinal)
            && module.Items.Any(i => i.Manifest.Path == path.Substring(0, path.Length - Tofu.Length) + ".tf");
    }

    // What a module requires of providers stands in one block, in whatever file.
    private void CheckProvidersTwice()
    {
        TerraformItem? first = null;
        foreach (var item in module.Items.Where(i => i.Kind == TerraformKind.Terraform
            && !TerraformFiles.IsOverride(i.Manifest.Path) && !IsAlternative(i)))
        {
            foreach (var block in item.Body.BlocksOf("required_providers"))
            {
                if (first is not null)
                    sinkOf(item).Add(DuplicateResource.Instance, block.TypeSpan, "A module has one block 'required_providers'.", item,
                        related: [RelatedPlace.Of(first, "There is one here.")]);
                first ??= item;
            }
        }
    }

    // Whose value needs itself. Resources and locals alone: variables and modules are looked at through what they are.
    private void CheckCycles()
    {
        var needs = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var item in module.Items)
        {
            if (item.Kind is TerraformKind.Local or TerraformKind.Resource or TerraformKind.Data)
            {
                needs[item.Address] = [.. References.Of(item).Select(r => r.Address)
                    .Where(a => module[a]?.Kind is TerraformKind.Local or TerraformKind.Resource or TerraformKind.Data)];
            }
        }

        var state = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var start in needs.Keys)
        {
            if (state.ContainsKey(start))
                continue;
            var path = new Stack<(string Address, int Next)>();
            path.Push((start, 0));
            state[start] = 1;
            while (path.Count > 0)
            {
                var (address, next) = path.Pop();
                var others = needs.TryGetValue(address, out var found) ? found : [];
                if (next == others.Count)
                {
                    state[address] = 2;
                    continue;
                }

                path.Push((address, next + 1));
                var other = others[next];
                if (!state.TryGetValue(other, out var mark))
                {
                    state[other] = 1;
                    path.Push((other, 0));
                }
                else if (mark == 1)
                {
                    var names = path.Select(p => p.Address).TakeWhile(a => a != other).Reverse().ToList();
                    Say(other, names);
                    state[other] = 3;
                }
            }
        }
    }

    private void Say(string address, List<string> others)
    {
        if (module[address] is not { } item)
            return;
        var way = others.Count == 0 ? "itself" : string.Join(", which needs ", others.Take(6)) + ", which needs it";
        sinkOf(item).Add(DependencyCycle.Instance, item.NameSpan, $"'{address}' needs {way}: neither can come first.", item);
    }

    private void CheckUnused()
    {
        // Of a folder with nothing but variables the rest is written elsewhere.
        if (module.IsPart || !module.Items.Any(i => i.Kind is TerraformKind.Resource or TerraformKind.Module or TerraformKind.Output
            or TerraformKind.Data))
            return;
        foreach (var item in module.Items)
        {
            if (used.Contains(item.Address) || TerraformFiles.IsOverride(item.Manifest.Path))
                continue;
            if (item.Kind == TerraformKind.Variable)
            {
                sinkOf(item).Add(UnusedVariable.Instance, item.NameSpan, $"Nothing in this module uses the variable '{item.Name}'.", item);
            }
            else if (item.Kind == TerraformKind.Local)
            {
                sinkOf(item).Add(UnusedLocal.Instance, item.NameSpan, $"Nothing in this module uses the local value '{item.Name}'.", item);
            }
        }
    }

    private void CheckAssignments()
    {
        if (module.IsPart || module.Items.Count == 0)
            return;
        foreach (var item in assigned)
        {
            if (TerraformFiles.IsAutomatic(item.Manifest.Path)
                && module["var." + item.Name] is null)
            {
                var near = Shapes.NearestName.Of(item.Name, module.Of(TerraformKind.Variable).Select(v => v.Name));
                sinkOf(item).Add(UndeclaredVariable.Instance, item.NameSpan, $"The module has no variable '{item.Name}'."
                    + (near is null ? "" : $" Did you mean '{near}'?"), item);
            }
        }
    }
}
