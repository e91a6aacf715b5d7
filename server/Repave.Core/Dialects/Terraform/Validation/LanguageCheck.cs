using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Rules;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>Checks what the language itself demands, whatever the providers: the words of its own blocks, what has to be written out, where
/// <c>each</c>, <c>count</c> and <c>self</c> mean something, and instances of what has several. A test asks the real Terraform about each.
/// </summary>
internal sealed class LanguageCheck(TerraformItem item, ModuleKnowledge knowledge, FindingSink sink)
{
    // What OpenTofu and newer releases take is among them.
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["variable"] = ["type", "default", "description", "sensitive", "nullable", "ephemeral", "deprecated", "const"],
        ["output"] = ["value", "description", "sensitive", "ephemeral", "depends_on", "deprecated", "type"],
        ["moved"] = ["from", "to"],
        ["removed"] = ["from"],
        ["import"] = ["to", "id", "identity", "provider", "for_each"],
        ["terraform"] = ["required_version", "experiments", "language"],
        ["lifecycle"] =
        [
            "create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by", "destroy", "enabled",
        ],
        ["validation"] = ["condition", "error_message"],
        ["precondition"] = ["condition", "error_message"],
        ["postcondition"] = ["condition", "error_message"],
        ["assert"] = ["condition", "error_message"],
    };

    private static readonly Dictionary<string, string[]> Attributes = new(StringComparer.Ordinal)
    {
        ["each"] = ["key", "value"],
        ["count"] = ["index"],
        ["path"] = ["cwd", "module", "root"],
        ["terraform"] = ["workspace", "env", "applying"],
    };

    private static readonly HashSet<string> TakenNames = new(StringComparer.Ordinal)
    {
        "source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals",
    };

    private TerraformModule Module => knowledge.Module;

    private bool IsOverride => TerraformFiles.IsOverride(item.Manifest.Path);

    public void Check()
    {
        CheckName();
        switch (item.Kind)
        {
            case TerraformKind.Variable:
                CheckWords("variable", item.Body);
                CheckVariable();
                break;
            case TerraformKind.Output:
                CheckWords("output", item.Body);
                break;
            case TerraformKind.Moved or TerraformKind.Removed or TerraformKind.Import:
                CheckWords(item.Block.Type, item.Body);
                CheckAddresses();
                break;
            case TerraformKind.Check when !item.Body.BlocksOf("assert").Any():
                sink.Add(MissingField.Instance, item.NameSpan, "Missing required block 'assert'.", item, "assert");
                break;
            case TerraformKind.Terraform:
                CheckWords("terraform", item.Body);
                CheckSettings();
                break;
            case TerraformKind.Resource or TerraformKind.Data:
                CheckLifecycle();
                CheckProvisioners();
                CheckProvider();
                break;
            case TerraformKind.Module:
                CheckVersion();
                break;
        }

        foreach (var block in item.Body.Blocks.Where(b => b.Type is "validation" or "precondition" or "postcondition" or "assert"))
            CheckCondition(block);
        if (item.Attribute is { } attribute && item.Kind == TerraformKind.Local)
            CheckContexts(attribute.Value, [], hasSelf: false);
        else if (item.Kind is not (TerraformKind.Assignment or TerraformKind.Other or TerraformKind.Run or TerraformKind.Lock))
            CheckContexts(item.Body, [], hasSelf: false);
    }

    private void CheckName()
    {
        if (item.Kind is not (TerraformKind.Resource or TerraformKind.Data or TerraformKind.Module or TerraformKind.Variable
            or TerraformKind.Output or TerraformKind.Local))
            return;
        if (item.Name.Length > 0 && !(char.IsLetter(item.Name[0]) || item.Name[0] == '_')
            || !item.Name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'))
            sink.Add(MalformedValue.Instance, item.NameSpan,
                $"'{item.Name}' is not a name: it begins with a letter or '_', and has letters, digits, '_' and '-'.", item);
        else if (item.Kind == TerraformKind.Variable && TakenNames.Contains(item.Name))
            sink.Add(MalformedValue.Instance, item.NameSpan,
                $"A variable cannot have the name '{item.Name}': it means something else where modules are called.", item);
    }

    private void CheckWords(string type, HclBody body)
    {
        foreach (var attribute in body.Attributes.Where(a => !Words[type].Contains(a.Name)))
        {
            sink.Add(UnknownField.Instance, attribute.NameSpan,
                $"A block '{type}' takes no '{attribute.Name}'.{ItemCheck.Near(attribute.Name, Words[type])}", item);
        }
    }

    private void CheckCondition(HclBlock block)
    {
        CheckWords(block.Type, block.Body);
        foreach (var needed in Words[block.Type].Where(w => block.Body[w] is null))
            sink.Add(MissingField.Instance, block.Head, $"Missing required argument '{needed}'.", item, needed);
    }

    private void CheckVariable()
    {
        foreach (var name in (string[])["description", "sensitive", "nullable", "ephemeral"])
        {
            if (item.Body[name] is { } value && value.All.Any(e => e is HclTraversal or HclCall))
                sink.Add(RefusedCombination.Instance, value.Span, $"The {name} of a variable is written out.", item);
        }

        if (item.Body["type"] is { Text: { } quoted } type)
            sink.Add(WrongType.Instance, type.Span, $"A type is written without quotes: {quoted}.", item);
        if (item.Body["default"] is { } standard && Unfixed(standard) is { } at)
            sink.Add(RefusedCombination.Instance, at.Span, "A default is written out: it takes no names and no functions.", item);
        foreach (var block in item.Body.BlocksOf("validation"))
        {
            if (block.Body["condition"] is { } condition
                && !References.Of(condition, []).Any(r => r.Address == item.Address))
                sink.Add(RefusedCombination.Instance, condition.Span, $"The condition does not look at 'var.{item.Name}'.", item);
        }
    }

    // The first part of an expression that is known only when others are.
    private static HclExpression? Unfixed(HclExpression expression) =>
        expression.All.FirstOrDefault(e => e is HclTraversal or HclCall);

    private void CheckAddresses()
    {
        string[] needed = item.Kind switch
        {
            TerraformKind.Removed => ["from"],
            TerraformKind.Import when item.Body["identity"] is null => ["to", "id"],
            TerraformKind.Import => ["to"],
            _ => [],
        };
        foreach (var name in needed.Where(n => item.Body[n] is null))
            sink.Add(MissingField.Instance, item.NameSpan, $"Missing required argument '{name}'.", item, name);
        if (item.Kind == TerraformKind.Removed && item.Body["from"] is HclTraversal from && from.Steps.Any(s => s.IsIndex))
            sink.Add(RefusedCombination.Instance, from.Span, "'removed' is of a resource with all its instances: leave the key out.", item);
        if (item.Kind == TerraformKind.Import && item.Body["to"] is HclTraversal to && References.AddressOf(to) is { } reference
            && reference.Steps == to.Steps.Count && Module[reference.Address] is { Kind: TerraformKind.Resource } target
            && ((string[])["count", "for_each"]).FirstOrDefault(name => Module.Argument(target, name) is not null) is { } many)
            sink.Add(UndeclaredReference.Instance, to.Span, $"'{reference.Address}' has instances, because of '{many}': name the "
                + $"one that is imported ({reference.Address}[{(many == "count" ? "0" : "\"key\"")}]).", item);
    }

    private void CheckProvisioners()
    {
        foreach (var provisioner in item.Body.BlocksOf("provisioner"))
        {
            if (provisioner.Label(0) == "local-exec" && provisioner.Body["command"] is null
                && !provisioner.Body.BlocksOf("dynamic").Any())
                sink.Add(MissingField.Instance, provisioner.Head, "Missing required argument 'command'.", item, "command");
            if (provisioner.Body["when"] is not HclTraversal { Root: "destroy" })
                continue;
            foreach (var traversal in provisioner.Body.AllAttributes.Where(a => a.Name is not ("when" or "on_failure"))
                .SelectMany(a => References.Traversals(a.Value, [])).Where(t => t.Steps.Count > 0
                    && t.Root is not ("self" or "count" or "each" or "path" or "terraform")))
            {
                sink.Add(RefusedCombination.Instance, traversal.Span,
                    "A provisioner that runs at the end knows 'self', 'count.index' and 'each.key', and nothing else.", item);
            }
        }

        foreach (var block in item.Body.BlocksOf("dynamic"))
        {
            foreach (var needed in (string[])["for_each", "content"])
            {
                if (block.Body[needed] is null && !block.Body.BlocksOf(needed).Any())
                    sink.Add(MissingField.Instance, block.Head,
                        $"Missing required {(needed == "content" ? "block" : "argument")} '{needed}'.", item, needed);
            }
        }
    }

    private void CheckSettings()
    {
        if (item.Body["required_version"] is { Text: { } wanted } version && VersionConstraint.Parse(wanted) is null)
            sink.Add(MalformedValue.Instance, version.Span, $"'{wanted}' says no versions; '>= 1.9' or '~> 1.9.0' does.", item);
        var backends = item.Body.Blocks.Where(b => b.Type is "backend" or "cloud").ToList();
        foreach (var more in backends.Skip(1))
            sink.Add(OutOfRange.Instance, more.TypeSpan, "There may be one block 'backend' or 'cloud'.", item);
    }

    private void CheckVersion()
    {
        if (Module.Argument(item, "source") is { Text: { } source }
            && (source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal))
            && item.Body.Attribute("version") is { } version)
            sink.Add(RefusedCombination.Instance, version.NameSpan, "A module of the same repository has no versions: remove this.", item);
    }

    private void CheckLifecycle()
    {
        var blocks = item.Body.BlocksOf("lifecycle").ToList();
        foreach (var more in blocks.Skip(1))
            sink.Add(OutOfRange.Instance, more.TypeSpan, "There may be one block 'lifecycle' here.", item);
        foreach (var block in blocks)
        {
            CheckWords("lifecycle", block.Body);
            foreach (var inner in block.Body.Blocks.Where(b => b.Type is "precondition" or "postcondition"))
                CheckCondition(inner);
            foreach (var name in (string[])["prevent_destroy", "create_before_destroy"])
            {
                // OpenTofu is not as strict.
                if (block.Body[name] is { } value && value.All.Any(e => e is HclTraversal or HclCall)
                    && !item.Manifest.Path.EndsWith(".tofu", StringComparison.Ordinal))
                    sink.Add(RefusedCombination.Instance, value.Span, $"'{name}' is true or false, written out.", item);
            }

            foreach (var trigger in (block.Body["replace_triggered_by"] as HclTuple)?.Items.OfType<HclTraversal>() ?? [])
            {
                if (trigger.Root is "var" or "local" or "data" or "module" or "each" or "count" or "path" or "terraform" or "self")
                    sink.Add(RefusedCombination.Instance, trigger.Span,
                        "'replace_triggered_by' names resources of this module and their attributes; 'terraform_data' makes one of "
                            + "a value.",
                        item);
            }

            CheckIgnored(block);
        }
    }

    private void CheckIgnored(HclBlock block)
    {
        if (block.Body["ignore_changes"] is not HclTuple names || knowledge.SchemaOf(item, out var severity) is not { } schema)
            return;
        foreach (var name in names.Items.OfType<HclTraversal>())
        {
            if (schema[name.Root] is null && name.Root != "id")
                sink.Add(UnknownField.Instance, name.RootSpan,
                    $"'{item.ResourceType}' has no argument '{name.Root}'.{ItemCheck.Near(name.Root, schema.Members.Select(m => m.Name))}",
                    item, severity: severity);
        }
    }

    // A configuration of a provider that is neither here nor given by who calls the module.
    private void CheckProvider()
    {
        if (Module.IsPart || item.Body["provider"] is not HclTraversal { Steps: [{ IsIndex: false, Name: { Length: > 0 } alias }] } named
            || Module.Of(TerraformKind.Provider).Any(p => p.Name == $"{named.Root}.{alias}")
            || Module.Items.Where(i => i.Kind == TerraformKind.Terraform).SelectMany(i => i.Body.BlocksOf("required_providers"))
                .SelectMany(b => b.Body.Attributes).SelectMany(a => a.Value.All).OfType<HclTraversal>()
                .Any(t => t.Root == named.Root && t.Steps.Count > 0 && t.Steps[0].Name == alias))
            return;
        sink.Add(UndeclaredReference.Instance, named.Span,
            $"There is no configuration '{named.Root}.{alias}' of a provider in this module, and 'configuration_aliases' asks for none.",
            item);
    }

    private void CheckContexts(HclBody body, IReadOnlyList<string> names, bool hasSelf)
    {
        foreach (var attribute in body.Attributes)
        {
            if (attribute.Name is "ignore_changes" or "iterator" or "configuration_aliases" or "type" or "providers" or "provider"
                || attribute.Name is "when" or "on_failure" or "events" && body != item.Body)
                continue;
            CheckContexts(attribute.Value, names, hasSelf);
        }

        foreach (var block in body.Blocks)
        {
            if (item.Kind == TerraformKind.Terraform)
                continue;
            IReadOnlyList<string> inner = block.Type == "dynamic" && block.Labels.Count == 1
                ? [.. names, (block.Body["iterator"] as HclTraversal)?.Root ?? block.Labels[0].Text] : names;
            CheckContexts(block.Body, inner, hasSelf || block.Type is "provisioner" or "connection" or "postcondition");
        }
    }

    private void CheckContexts(HclExpression expression, IReadOnlyList<string> names, bool hasSelf)
    {
        foreach (var traversal in References.Traversals(expression, names))
        {
            var root = traversal.Root;
            if (traversal.Steps.Count == 0)
            {
                if (root.Length > 0)
                    sink.Add(UndeclaredReference.Instance, traversal.Span,
                        Attributes.ContainsKey(root) || root is "var" or "local" or "data" or "module" or "self"
                            ? $"'{root}' alone is not a value: name what is meant of it."
                            : $"'{root}' names nothing: a text stands in quotes, and a reference has a point in it.", item);
                continue;
            }

            if (root == "each" && !Has("for_each"))
                Say(traversal, "'each' is one item of 'for_each', and there is none here.");
            else if (root == "count" && !Has("count"))
                Say(traversal, "'count.index' is the number of one of 'count', and there is none here.");
            else if (root == "self" && !hasSelf)
                Say(traversal, "'self' is the resource itself, and stands in provisioners, connections and postconditions only.");
            else if (Attributes.TryGetValue(root, out var known) && traversal.Steps[0] is { IsIndex: false, Name: { Length: > 0 } name }
                && !known.Contains(name))
                sink.Add(UndeclaredReference.Instance, traversal.Steps[0].NameSpan,
                    $"'{root}' has no '{name}'.{ItemCheck.Near(name, known)} It has {string.Join(", ", known)}.", item);
            else
                CheckInstance(traversal);
        }
    }

    // What has instances is taken of one of them; what has none has no number or key.
    private void CheckInstance(HclTraversal traversal)
    {
        // What was moved or is no longer managed may have had instances that are not declared now.
        if (item.Kind is TerraformKind.Moved or TerraformKind.Removed)
            return;
        if (References.AddressOf(traversal) is not { } reference || reference.Steps >= traversal.Steps.Count
            || Module[reference.Address] is not { Kind: TerraformKind.Resource or TerraformKind.Data or TerraformKind.Module } target)
            return;
        var next = traversal.Steps[reference.Steps];
        var (counts, keys) = (Module.Argument(target, "count") is not null, Module.Argument(target, "for_each") is not null);
        if ((counts || keys) && next is { IsIndex: false, Name.Length: > 0 } && (counts || target.Kind != TerraformKind.Module))
            sink.Add(UndeclaredReference.Instance, next.NameSpan, $"'{reference.Address}' has instances, because of "
                + $"'{(counts ? "count" : "for_each")}': take '{next.Name}' of one of them ({reference.Address}["
                + $"{(counts ? "0" : "\"key\"")}]) or of all ({(counts ? reference.Address + "[*]" : $"values({reference.Address})[*]")}).",
                item);
        else if (!counts && !keys && next.IsIndex && target.Kind != TerraformKind.Module)
            sink.Add(UndeclaredReference.Instance, next.Span,
                $"'{reference.Address}' is one: it has neither 'count' nor 'for_each'.", item);
    }

    private bool Has(string argument) => item.Kind is TerraformKind.Resource or TerraformKind.Data or TerraformKind.Ephemeral
        or TerraformKind.Module or TerraformKind.Import or TerraformKind.Provider or TerraformKind.Check
        && (Module.Argument(item, argument) is not null || IsOverride || item.Kind is TerraformKind.Check);

    private void Say(HclTraversal traversal, string message) =>
        sink.Add(UndeclaredReference.Instance, new TextSpan(traversal.Span.Start, traversal.Steps[0].Span.End), message, item);
}
