using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Dialects.Terraform.Rules;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>Checks one thing that a configuration declares: its structure, what it names, its values.</summary>
internal sealed class ItemCheck(TerraformItem item, ModuleKnowledge knowledge, FindingSink sink)
{
    private const int MaxDepth = 64;

    // Those that were never blocks of the top level are most likely misspelt.
    private static readonly string[] TopLevel =
    [
        "resource", "data", "ephemeral", "module", "variable", "output", "locals", "provider", "terraform", "moved",
        "import", "removed", "check",
        "action",
    ];

    private static readonly Dictionary<string, int> Labels = new(StringComparer.Ordinal)
    {
        ["resource"] = 2,
        ["data"] = 2,
        ["ephemeral"] = 2,
        ["action"] = 2,
        ["module"] = 1,
        ["variable"] = 1,
        ["output"] = 1,
        ["provider"] = 1,
        ["check"] = 1,
        ["locals"] = 0,
        ["terraform"] = 0,
        ["moved"] = 0,
        ["import"] = 0,
        ["removed"] = 0,
    };

    private TerraformModule Module => knowledge.Module;

    public void Check()
    {
        // Of a block that could not be read everything else would follow from that.
        if (!sink.Slot.Document.IsWhole)
            return;
        var isConfiguration = TerraformFiles.KindOf(sink.Manifest.Path) == TerraformFileKind.Configuration;
        if (isConfiguration && !CheckBlock())
            return;
        if (isConfiguration)
        {
            CheckReferences();
            new LanguageCheck(item, knowledge, sink).Check();
        }

        CheckExpressions();
        switch (item.Kind)
        {
            case TerraformKind.Provider:
                CheckSchema();
                break;
            case TerraformKind.Resource or TerraformKind.Data:
                CheckExpansion();
                CheckSchema();
                break;
            case TerraformKind.Module:
                CheckExpansion();
                CheckCall();
                break;
            case TerraformKind.Variable:
                CheckVariable();
                break;
            case TerraformKind.Output when isConfiguration && Module.Argument(item, "value") is null:
                Missing(item.NameSpan, "value");
                break;
            case TerraformKind.Moved:
                CheckMoved();
                break;
        }
    }

    private bool CheckBlock()
    {
        if (item.Attribute is { } alone && item.Kind == TerraformKind.Other)
        {
            sink.Add(UnknownField.Instance, alone.NameSpan,
                $"An argument cannot stand outside of a block; '{alone.Name}' belongs into one.", item);
            return false;
        }

        var block = item.Block;
        if (!Labels.TryGetValue(block.Type, out var labels))
        {
            sink.Add(UnknownField.Instance, block.TypeSpan,
                $"There is no block '{block.Type}' at the top of a file.{Near(block.Type, TopLevel)}", item);
            return false;
        }

        if (block.Labels.Count != labels)
        {
            var wanted = labels switch
            {
                0 => "no label",
                1 => "one label, its name",
                _ => "two labels, a type and a name",
            };
            sink.Add(UnknownField.Instance, block.Head, $"A block '{block.Type}' has {wanted}.", item);
            return false;
        }

        return true;
    }

    private void CheckReferences()
    {
        foreach (var reference in References.Of(item))
        {
            var first = reference.Traversal.Steps[reference.Steps - 1];
            var span = new TextSpan(reference.Traversal.Span.Start, first.Span.End);
            if (reference.Traversal.Root != "output" && Module[reference.Address] is { } target)
            {
                CheckOutput(reference, target);
                continue;
            }

            if (Module.IsPart)
                continue;
            // In JSON a text can look like a name and be none.
            var names = Module.Items.Select(i => i.Address);
            var (root, name) = (reference.Traversal.Root, first.Name ?? "");
            var what = root switch
            {
                "var" => $"There is no variable '{name}' in this module.",
                "local" => $"There is no local value '{name}' in this module.",
                "module" => $"There is no call of a module '{name}' in this module.",
                "data" => $"There is no data source '{reference.Address}' in this module.",
                "output" => "Outputs are for who calls this module: name what the output's value is made of.",
                _ => $"Nothing in this module is declared as '{reference.Address}'.",
            };
            var near = NearestName.Of(reference.Address, names);
            sink.Add(UndeclaredReference.Instance, span, what + (near is null ? "" : $" Did you mean '{near}'?"), item);
        }
    }

    private void CheckOutput(ItemReference reference, TerraformItem target)
    {
        var steps = reference.Traversal.Steps;
        if (target.Kind == TerraformKind.Module)
        {
            var at = reference.Steps;
            if (at < steps.Count && steps[at].IsIndex && (HasExpansion(target)))
                at++;
            else if (HasExpansion(target))
                return;
            if (at >= steps.Count || steps[at].IsIndex || knowledge.Called(target) is not { IsPart: false } called)
                return;
            if (called["output." + steps[at].Name] is null)
            {
                sink.Add(UndeclaredReference.Instance, steps[at].NameSpan,
                    $"The module '{target.Name}' has no output "
                        + $"'{steps[at].Name}'.{Near(steps[at].Name!, called.Of(TerraformKind.Output).Select(o => o.Name))}",
                    item);
            }

            return;
        }

        if (target.Kind is not (TerraformKind.Resource or TerraformKind.Data) || HasExpansion(target)
            || knowledge.SchemaOf(target, out var severity) is not { } schema)
            return;
        if (reference.Steps < steps.Count && steps[reference.Steps] is { IsIndex: false, Name: { Length: > 0 } attribute }
            && schema[attribute] is null && attribute != "id")
        {
            sink.Add(UndeclaredReference.Instance, steps[reference.Steps].NameSpan,
                $"'{target.ResourceType}' has no attribute '{attribute}'.{Near(attribute, schema.Members.Select(m => m.Name))}", item,
                severity: severity);
        }
    }

    private bool HasExpansion(TerraformItem target) =>
        Module.Argument(target, "count") is not null || Module.Argument(target, "for_each") is not null;

    // What has no value whatever the variables and resources are.
    private void CheckExpressions()
    {
        var values = item.Kind is TerraformKind.Local or TerraformKind.Assignment ? [item.Attribute!] : item.Body.AllAttributes;
        foreach (var attribute in values)
        {
            if (item.Kind == TerraformKind.Variable && attribute.Name == "type"
                || attribute.Name is "ignore_changes" or "providers" or "provider" or "depends_on" or "replace_triggered_by" or "iterator")
                continue;
            foreach (var call in attribute.Value.All.OfType<HclCall>())
            {
                if (call.Name.IndexOf("::", StringComparison.Ordinal) < 0 && Functions.Find(call.Name) is null)
                {
                    sink.Add(WithoutValue.Instance, call.NameSpan,
                        $"There is no function '{call.Name}'.{Near(call.Name, Functions.Names)}", item);
                }
            }

            CheckAttributes(attribute.Value);
            // Only what names nothing at all: what something named is worth is not for this to say.
            if (attribute.Value.All.Any(e => e is HclTraversal or HclBroken or HclFor or HclTemplateFor))
                continue;
            var evaluator = new Evaluator(EvaluationScope.Empty);
            evaluator.Evaluate(attribute.Value);
            if (evaluator.Problems.FirstOrDefault() is { } problem
                && !problem.Message.StartsWith("There is no function", StringComparison.Ordinal))
                sink.Add(WithoutValue.Instance, problem.Span, problem.Message, item);
        }
    }

    // What a variable or local value lacks whatever is unknown of it. What resources and modules have is known without their values.
    private void CheckAttributes(HclExpression expression)
    {
        var named = expression.All.OfType<HclTraversal>().Where(t => t.Root is "local" or "var" && t.Steps.Count > 1).ToList();
        if (named.Count == 0 || expression.All.Any(e => e is HclBroken))
            return;
        var evaluator = knowledge.Instance.EvaluatorOf();
        foreach (var name in (string[])["each", "count", "self"])
            evaluator.Set(name, TerraformValue.Unknown);
        evaluator.Evaluate(expression);
        foreach (var problem in evaluator.Problems.Where(p => p.IsAttribute && named.Exists(t => t.Span.Contains(p.Span)))
            .GroupBy(p => p.Span).Select(g => g.First()))
            sink.Add(UndeclaredReference.Instance, problem.Span, problem.Message, item);
    }

    private void CheckExpansion()
    {
        if (item.Body.Attribute("count") is { } count && item.Body.Attribute("for_each") is not null)
        {
            sink.Add(RefusedCombination.Instance, count.NameSpan, "'count' and 'for_each' exclude each other.", item);
            return;
        }

        foreach (var name in (string[])["count", "for_each"])
        {
            if (item.Body[name] is HclLiteral { Kind: HclLiteralKind.Null } nothing)
                sink.Add(WrongType.Instance, nothing.Span, $"'{name}' cannot be null.", item);
        }

        if (item.Body["for_each"] is { } each && knowledge.Instance.Evaluate(each) is { HasContent: true, Type: var type })
        {
            if (type.Kind is SchemaTypeKind.List or SchemaTypeKind.Tuple or SchemaTypeKind.String or SchemaTypeKind.Number
                or SchemaTypeKind.Bool)
                sink.Add(WrongType.Instance, each.Span,
                    $"'for_each' takes a map or a set of texts, not a {type}; 'toset(…)' makes a set of a list.", item);
            else if (type is
            {
                Kind: SchemaTypeKind.Set, Element.Kind: SchemaTypeKind.Number or SchemaTypeKind.Bool or SchemaTypeKind.List
                or SchemaTypeKind.Object
            })
                sink.Add(WrongType.Instance, each.Span, $"'for_each' takes a set of texts, not a {type}.", item);
        }

        if (item.Body["count"] is { } number && knowledge.Instance.Evaluate(number) is { HasContent: true } amount
            && Conversion.To(amount, TerraformType.Number, out var reason)?.Number is var counted)
        {
            if (counted is null)
                sink.Add(WrongType.Instance, number.Span, $"'count' takes a number: {reason}.", item);
            else if (!counted.IsWhole || counted.Sign < 0)
                sink.Add(OutOfRange.Instance, number.Span, "'count' takes a whole number that is not negative.", item);
        }
    }

    private void CheckVariable()
    {
        var type = TerraformType.Any;
        if (Module.Argument(item, "type") is { } written)
        {
            if (TerraformType.Parse(written, (at, message) => sink.Add(WrongType.Instance, at.Span, message, item)) is not { } parsed)
                return;
            type = parsed;
        }

        if (Module.Argument(item, "default") is not { } standard)
            return;
        var value = Evaluator.Evaluate(standard, EvaluationScope.Empty);
        if (Conversion.To(value, type, out var reason, e => Evaluator.Evaluate(e, EvaluationScope.Empty)) is null)
        {
            sink.Add(WrongType.Instance, standard.Span,
                $"The default does not fit the type of '{item.Name}': {reason}.", item);
        }
    }

    private void CheckMoved()
    {
        if (item.Body["from"] is not HclTraversal from || item.Body["to"] is not HclTraversal to)
        {
            if (item.Body["from"] is null)
                Missing(item.NameSpan, "from");
            if (item.Body["to"] is null)
                Missing(item.NameSpan, "to");
            return;
        }

        // With a key or a module in it more than the module's own declarations decide.
        if (from.Steps.Count == 1 && References.AddressOf(from) is { } old && Module[old.Address] is { } still && to.Steps.Count == 1)
        {
            sink.Add(RefusedCombination.Instance, from.Span,
                $"'{old.Address}' is still declared, so it has not moved: remove it or this block.", item,
                related: [RelatedPlace.Of(still, "It is declared here.")]);
        }
    }

    private void CheckCall()
    {
        if (Module.Argument(item, "source") is null)
        {
            Missing(item.NameSpan, "source");
            return;
        }

        if (knowledge.Called(item) is not { IsPart: false } called)
            return;
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in Module.Arguments(item))
        {
            given.Add(attribute.Name);
            if (ModuleCalls.IsMeta(attribute.Name))
                continue;
            if (called["var." + attribute.Name] is not { } variable)
            {
                if (item.Body.Attribute(attribute.Name) == attribute)
                {
                    sink.Add(UnknownField.Instance, attribute.NameSpan,
                        "The module has no variable "
                            + $"'{attribute.Name}'.{Near(attribute.Name, called.Of(TerraformKind.Variable).Select(v => v.Name))}",
                        item);
                }

                continue;
            }

            CheckValue(attribute.Value, called.TypeOf(variable), $"the variable '{attribute.Name}'", Severity.Error, withDefaults: true);
        }

        foreach (var variable in called.Of(TerraformKind.Variable))
        {
            if (!given.Contains(variable.Name) && called.Argument(variable, "default") is null)
                Missing(item.NameSpan, variable.Name, "argument");
        }
    }

    private void CheckSchema()
    {
        // Overriding files change what stands here.
        if (TerraformFiles.IsOverride(item.Manifest.Path) || item.Manifest.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            || knowledge.SchemaOf(item, out var severity) is not { } schema)
            return;
        CheckBody(item.Body, schema, item.NameSpan, severity, isTop: true, isDynamic: false, 0);
        // A later release may take together what this one does not.
        new DemandCheck(item, knowledge, sink, knowledge.TakesNewer(item) ? Severity.Warning : severity).Check(schema);
    }

    private void CheckBody(HclBody body, SchemaBlock schema, TextSpan place, Severity severity, bool isTop, bool isDynamic, int depth)
    {
        if (depth > MaxDepth)
            return;
        foreach (var attribute in body.Attributes)
        {
            if (isTop && (item.Kind == TerraformKind.Provider ? attribute.Name is "alias" or "version"
                : ModuleCalls.IsMetaOfResource(attribute.Name)))
                continue;
            if (schema[attribute.Name] is not { } member)
            {
                if (attribute.Name == "id" && isTop)
                    continue;
                sink.Add(UnknownField.Instance, attribute.NameSpan,
                    "Unknown argument "
                        + $"'{attribute.Name}'.{Near(attribute.Name, schema.Members.Where(m => !m.IsReadOnly).Select(m => m.Name))}", item,
                    attribute.Name, severity: severity);
            }
            else if (member.IsReadOnly)
            {
                sink.Add(UnknownField.Instance, attribute.NameSpan,
                    $"The argument '{attribute.Name}' cannot be set: the provider gives its value.", item,
                    attribute.Name, severity: severity);
            }
            else if (member.IsBlock)
            {
                sink.Add(WrongType.Instance, attribute.NameSpan,
                    $"'{attribute.Name}' is a block: it is written without an equals sign.", item, attribute.Name, severity: severity);
            }
            else
            {
                CheckMember(attribute, member, severity, isDynamic);
            }
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var block in body.Blocks)
        {
            if (isTop && block.Type is "lifecycle" or "provisioner" or "connection")
                continue;
            var generates = block.Type == "dynamic" && block.Labels.Count == 1;
            var type = generates ? block.Labels[0].Text : block.Type;
            counts[type] = generates ? int.MinValue : counts.GetValueOrDefault(type) + 1;
            var member = schema[type];
            if (member is null)
            {
                // Timeouts are taken by every resource that has any, and packs do not always say so.
                if (type != "timeouts")
                {
                    sink.Add(UnknownField.Instance, generates ? block.Labels[0].Span : block.TypeSpan,
                        $"Unknown block '{type}'.{Near(type, schema.Members.Where(m => m.IsBlock || m.TakesBlocks).Select(m => m.Name))}",
                        item, type,
                        severity: severity);
                }

                continue;
            }

            if (!member.IsBlock && !member.TakesBlocks)
            {
                if (type != "timeouts" && member.Nesting == SchemaNesting.None)
                {
                    sink.Add(WrongType.Instance, block.TypeSpan, $"'{type}' is an argument: it is written with an equals sign.", item, type,
                        severity: severity);
                }

                continue;
            }

            if (member.Body is not { } inner || !member.IsBlock)
                continue;
            if (!generates)
                CheckBody(block.Body, inner, block.Head, severity, isTop: false, isDynamic, depth + 1);
            else if (block.Body.BlocksOf("content").FirstOrDefault() is { } content)
                CheckBody(content.Body, inner, content.Head, severity, isTop: false, isDynamic: true, depth + 1);
        }

        foreach (var member in schema.Members)
        {
            var count = counts.GetValueOrDefault(member.Name);
            // Whether a block is required is sure only where the provider itself was asked; a computed one is not.
            if (member.IsRequired && !(member.IsBlock && severity != Severity.Error) && count == 0 && body.Attribute(member.Name) is null)
                Missing(place, member.Name, member.IsBlock ? "block" : "argument", severity);
            else if (member.IsBlock && member.MaxItems is { } most && count > most)
            {
                var extra = body.BlocksOf(member.Name).ElementAt(most);
                sink.Add(OutOfRange.Instance, extra.TypeSpan,
                    $"There may be {(most == 1 ? "one block" : $"{most} blocks")} '{member.Name}' here, and there are {count}.",
                    item, member.Name,
                    severity: severity);
            }
        }
    }

    private void CheckMember(HclAttribute attribute, SchemaMember member, Severity severity, bool isDynamic)
    {
        if (CheckValue(attribute.Value, member.ValueType, $"'{attribute.Name}'", severity, withDefaults: false, isDynamic)
            is not { } value
            || !value.HasContent)
            return;
        if (member.Enum is { Count: > 0 } allowed && value.Text is { } text
            && !allowed.Contains(text, IsOfOneCase(member) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase))
        {
            var shown = allowed.Count <= 8 ? $" Allowed: {string.Join(", ", allowed)}." : "";
            // A runtime or an engine that came later is not a mistake where later releases of the provider are taken.
            sink.Add(ValueNotAllowed.Instance, attribute.Value.Span,
                $"'{text}' is not allowed for '{attribute.Name}'.{Near(text, allowed)}{shown}",
                item, attribute.Name, severity: knowledge.TakesNewer(item) ? Severity.Warning : severity);
        }

        if (value.Number is { } number && (number.Double < member.Minimum || number.Double > member.Maximum))
        {
            sink.Add(OutOfRange.Instance, attribute.Value.Span, member.Minimum is { } least && member.Maximum is { } most
                ? $"'{attribute.Name}' is between {least} and {most}." : member.Minimum is { } low
                ? $"'{attribute.Name}' is {low} at least." : $"'{attribute.Name}' is {member.Maximum} at most.", item, attribute.Name,
                severity: severity);
        }
    }

    private bool IsOfOneCase(SchemaMember member) =>
        !member.TakesAnyCase && member.Stored != StoredForm.IgnoringCase && knowledge.KnowsCase(item);

    // A value as one of a type; null where it does not fit, which is said.
    private TerraformValue? CheckValue(
        HclExpression expression, TerraformType type, string what, Severity severity, bool withDefaults, bool isDynamic = false)
    {
        // What each, count and iterators are is known later.
        if (isDynamic || expression.All.Any(e => e is HclTraversal { Root: "each" or "count" or "self" } or HclBroken))
            return TerraformValue.Unknown;
        var evaluator = knowledge.Instance.EvaluatorOf();
        var value = evaluator.Evaluate(expression);
        if (evaluator.Problems.Count > 0 || value.IsSensitive)
            return TerraformValue.Unknown;
        if (Conversion.To(value, type, out var reason, withDefaults ? e => Evaluator.Evaluate(e, EvaluationScope.Empty) : null)
            is { } converted)
            return converted;
        sink.Add(WrongType.Instance, expression.Span, $"The value does not fit {what}: {reason}.", item, severity: severity);
        return null;
    }

    private void Missing(TextSpan place, string name, string kind = "argument", Severity? severity = null) =>
        sink.Add(MissingField.Instance, place, $"Missing required {kind} '{name}'.", item, name, severity: severity);

    /// <summary>A question after the name that is nearest to a misspelt one; empty if none is near.</summary>
    internal static string Near(string name, IEnumerable<string> names) =>
        NearestName.Of(name, names) is { } near ? $" Did you mean '{near}'?" : "";
}
