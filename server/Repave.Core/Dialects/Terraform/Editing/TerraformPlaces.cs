using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Dialects.Terraform.Plans;
using Repave.Core.Dialects.Terraform.Validation;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Editing;

/// <summary>What stands where in a document of a module, and what fits there.</summary>
internal sealed class TerraformPlaces(ModuleKnowledge knowledge, IReadOnlyList<TerraformItem> items)
{
    private TerraformModule Module => knowledge.Module;

    /// <summary>What stands at an offset; null if nothing is to be said of it.</summary>
    public PlaceDescription? DescribeAt(int offset)
    {
        if (items.FirstOrDefault(i => i.Span.Touches(offset)) is not { } item)
            return null;
        if (item.Block.Labels.Count > 0 && item.Block.Labels[0].Span.Touches(offset) && item.ResourceType.Length > 0)
            return DescribeType(item);
        if (item.Attribute is { } own && item.Kind is TerraformKind.Local or TerraformKind.Assignment)
            return DescribeIn(own.Value, offset);
        return DescribeBody(item, item.Body, SchemaOf(item), [item.Block.Type], offset);
    }

    private static PlaceDescription? DescribeType(TerraformItem item)
    {
        var (span, type) = (item.Block.Labels[0].Inner, item.ResourceType);
        var pack = BuiltinProvider.Of(type) ?? ProviderPacks.Embedded.ForType(type);
        if ((item.Kind == TerraformKind.Data ? pack?.Data(type) : pack?.Resource(type)) is not { } schema || pack is null)
            return null;
        var name = pack.Source.Substring(pack.Source.IndexOf('/') + 1);
        var text = $"**{type}** of {name}{(pack.Version == "-" ? "" : " " + pack.Version)}";
        var replacing = schema.Body.Members.Where(m => m.Update == UpdateEffect.Replaces).Select(m => $"`{m.Name}`").ToList();
        if (!schema.IsData && replacing.Count > 0)
            text += $"  \nReplaced by another {string.Join(", ", replacing.Take(20))}{(replacing.Count > 20 ? ", …" : "")}.";
        return new PlaceDescription(span, text);
    }

    private PlaceDescription? DescribeBody(TerraformItem item, HclBody body, SchemaBlock? schema, IReadOnlyList<string> path, int offset)
    {
        foreach (var attribute in body.Attributes.Where(a => a.Span.Touches(offset)))
        {
            if (!attribute.NameSpan.Touches(offset))
                return DescribeIn(attribute.Value, offset);
            if (schema?[attribute.Name] is { } member)
                return new PlaceDescription(attribute.NameSpan, MemberWords.Long(member));
            if (item.Kind == TerraformKind.Module && path.Count == 1 && knowledge.Called(item)?[$"var.{attribute.Name}"] is { } variable)
                return new PlaceDescription(attribute.NameSpan, Words(variable, knowledge.Called(item)!));
            return Own(attribute.Name, attribute.NameSpan, path);
        }

        foreach (var block in body.Blocks.Where(b => b.Span.Touches(offset)))
        {
            var name = block.Type == "dynamic" ? block.Label(0) ?? "" : block.Type;
            var inner = schema?[name];
            if (block.Head.Touches(offset))
                return inner is not null ? new PlaceDescription(block.Head, MemberWords.Long(inner))
                    : Own(block.Type + "{}", block.TypeSpan, path);
            if (block.Type == "dynamic" && block.Body.BlocksOf("content").FirstOrDefault(c => c.Body.Span.Touches(offset)) is { } content)
                return DescribeBody(item, content.Body, inner?.Body, [.. path, name], offset);
            return DescribeBody(item, block.Body, block.Type == "dynamic" ? null : inner?.Body, [.. path, name], offset);
        }

        return null;
    }

    private static PlaceDescription? Own(string name, TextSpan span, IReadOnlyList<string> path) =>
        LanguageWords.In(path).FirstOrDefault(w => w.Name == name) is { Name: not null } word
            ? new PlaceDescription(span, $"**{name.Replace("{}", "")}**: {word.Detail}") : null;

    // The innermost of what touches.
    private PlaceDescription? DescribeIn(HclExpression expression, int offset)
    {
        foreach (var part in expression.All.Where(e => e.Span.Touches(offset)))
        {
            switch (part)
            {
                case HclTraversal traversal when References.AddressOf(traversal) is { } reference:
                    return DescribeReference(traversal, reference, offset);
                case HclCall call when call.NameSpan.Touches(offset) && Functions.Find(call.Name) is { } function:
                    return new PlaceDescription(call.NameSpan, $"**{function.Name}**({string.Join(", ", function.Parameters)}"
                        + $"{(function.More is null ? "" : function.Parameters.Count > 0 ? $", {function.More}…" : $"{function.More}…")})"
                        + $": {function.Result}");
            }
        }

        return null;
    }

    private PlaceDescription? DescribeReference(HclTraversal traversal, ItemReference reference, int offset)
    {
        if (Module[reference.Address] is not { } target)
            return new PlaceDescription(traversal.Span, $"`{reference.Address}` is declared nowhere in this module.");
        var names = traversal.Steps.Skip(reference.Steps).Where(s => !s.IsIndex).ToList();
        var at = names.FindIndex(s => s.Span.Touches(offset));
        if (at >= 0)
        {
            if (target.Kind == TerraformKind.Module)
            {
                return at == 0 && knowledge.Called(target)?[$"output.{names[0].Name}"] is { } output
                    ? new PlaceDescription(names[0].NameSpan, Words(output, knowledge.Called(target)!)) : null;
            }

            return SchemaOf(target)?.At(names.Take(at + 1).Select(n => n.Name ?? "")) is { } member
                ? new PlaceDescription(names[at].NameSpan, MemberWords.Long(member)) : null;
        }

        return new PlaceDescription(traversal.Span, Words(target, Module));
    }

    // Values stay out of it: any of them may be a secret.
    private static string Words(TerraformItem target, TerraformModule module)
    {
        var what = target.Kind switch
        {
            TerraformKind.Variable => $"**{target.Address}**: {module.TypeOf(target)}"
                + (module.Argument(target, "default") is null ? ", required" : ""),
            _ => $"**{target.Address}**",
        };
        var description = module.Argument(target, "description")?.Text;
        return $"{what}  \n{(description is null ? "" : description + "  \n")}Declared in {target.Manifest.FileName}.";
    }

    /// <summary>What stands for the arguments that nobody writes, of the blocks of a part of the text.</summary>
    public IEnumerable<UnwrittenDefaults> DefaultsIn(TextSpan part) => items.SelectMany(item => SchemaOf(item) is { } schema
        ? TerraformDefaults.In(item.Block, schema, part) : []);

    /// <summary>What can be written at an offset of a document's text, and the word that it takes the place of.</summary>
    public (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) CompleteAt(string text, int offset)
    {
        var place = CursorContext.At(text, offset);
        if (place.IsInComment)
            return (place.Word, []);
        if (place.Labelled is { } head)
            return (place.Word, Labels(head, place));
        if (place.IsObjectKey)
            return (place.Word, [.. ObjectKeys(place)]);
        return (place.Word, [.. place.IsValue ? Values(place) : place.Steps.Count > 0 ? [] : Names(place, offset)]);
    }

    // The first label of a resource is its type; a provider's and a dynamic block's are names that there are.
    private List<PlaceCompletion> Labels(BlockHead head, CursorContext place)
    {
        if (head.Labels.Count > 1)
            return [];
        switch (head.Type)
        {
            case "provider":
                return [.. Module.RequiredProviders.Keys.Concat(ProviderPacks.EmbeddedNames).Distinct(StringComparer.Ordinal)
                    .OrderBy(n => n, StringComparer.Ordinal).Select(n => new PlaceCompletion(n, "provider", n))];
            case "dynamic" when place.Blocks.Count > 0:
                return [.. (SchemaAt(place)?.Members ?? []).Where(m => m.IsBlock)
                    .Select(m => new PlaceCompletion(m.Name, MemberWords.Short(m), m.Name))];
            case not ("resource" or "data"):
                return [];
        }

        var found = new List<PlaceCompletion>();
        var names = Module.RequiredProviders.Values.Concat(["hashicorp/aws"]).Distinct(StringComparer.Ordinal);
        foreach (var pack in names.Select(ProviderPacks.Embedded.Provider).OfType<ProviderPack>())
        {
            found.AddRange((head.Type == "data" ? pack.DataTypes : pack.ResourceTypes).OrderBy(t => t, StringComparer.Ordinal)
                .Select(t => new PlaceCompletion(t, pack.Source.Substring(pack.Source.IndexOf('/') + 1), t)));
        }

        return found;
    }

    // The keys of objects are their author's, but where Terraform itself reads them.
    private static IEnumerable<PlaceCompletion> ObjectKeys(CursorContext place) =>
        place.Blocks is [{ Type: "terraform" }, { Type: "required_providers" }]
            ? LanguageWords.OfProviderDemand.Select(w => Completion(w.Name, w.Detail)) : [];

    private IEnumerable<PlaceCompletion> Names(CursorContext place, int offset)
    {
        if (place.Blocks.Count == 0)
            return LanguageWords.Top.Select(w => Completion(w.Name, w.Detail));
        var present = BodyAt(offset, place.Blocks.Count);
        bool IsFree(string name, bool isBlock) => present is null || isBlock
            || present.Attribute(name) is not { } there || there.NameSpan.Touches(offset);
        if (place.Blocks[place.Blocks.Count - 1].Type == "dynamic")
            return LanguageWords.OfDynamic.Where(w => IsFree(w.Name, false)).Select(w => Completion(w.Name, w.Detail));
        var members = SchemaAt(place)?.Members.Where(m => !m.IsReadOnly && IsFree(m.Name, m.IsBlock)
            && !(m is { IsBlock: true, MaxItems: 1 } && present?.BlocksOf(m.Name).Any() == true)) ?? [];
        var top = place.Blocks[0];
        var inputs = place.Blocks.Count == 1 && top.Type == "module"
            && items.FirstOrDefault(i => i.Kind == TerraformKind.Module && i.Span.Touches(offset)) is { } call
            && knowledge.Called(call) is { } called
            ? called.Of(TerraformKind.Variable).Where(v => IsFree(v.Name, false))
                .OrderBy(v => called.Argument(v, "default") is null ? 0 : 1).Select(v => Completion(v.Name, called.TypeOf(v)
                + (called.Argument(v, "default") is null ? ", required" : ""))) : [];
        return inputs.Concat(members.OrderBy(m => m.IsRequired ? 0 : 1).Select(m => Completion(m.IsBlock ? m.Name + "{}" : m.Name,
                MemberWords.Short(m))))
            .Concat(LanguageWords.In(place.Blocks.Select(b => b.Type)).Where(w => IsFree(w.Name, w.Name.EndsWith("{}",
                StringComparison.Ordinal))).Select(w => Completion(w.Name, w.Detail)));
    }

    // A block is written with its labels and braces where the editor has tab stops to lead through them.
    private static PlaceCompletion Completion(string name, string detail)
    {
        if (!name.EndsWith("{}", StringComparison.Ordinal))
            return new PlaceCompletion(name, detail, name + " = ");
        var word = name.Substring(0, name.Length - 2);
        var labels = LanguageWords.LabelsOf(word);
        var head = string.Concat(Enumerable.Range(1, labels).Select(i => $" \"${i}\""));
        return new PlaceCompletion(word, detail, word + " ") { Snippet = $"{word}{head} {{\n  ${labels + 1}\n}}" };
    }

    private IEnumerable<PlaceCompletion> Values(CursorContext place)
    {
        var member = place.Argument is { } argument ? SchemaAt(place)?[argument] : null;
        if (place.IsInQuotes)
        {
            return place is { Blocks: [{ Type: "module" }], Argument: "source" }
                ? knowledge.Folders.Select(f => new PlaceCompletion(f, "module", f))
                : (member?.Enum ?? []).Select(v => new PlaceCompletion(v, null, v));
        }

        if (place.Steps.Count > 0)
            return Below(place.Steps);
        if (OwnValues(place) is { } only)
            return only.Select(v => new PlaceCompletion(v, null, v));
        var own = (member?.Enum ?? []).Select(v => new PlaceCompletion($"\"{v}\"", null, $"\"{v}\""));
        if (member?.Type.Kind == SchemaTypeKind.Bool)
            own = ((string[])["true", "false"]).Select(v => new PlaceCompletion(v, null, v));
        return own.Concat(Addresses(TerraformKind.Variable, TerraformKind.Local, TerraformKind.Resource, TerraformKind.Data,
                TerraformKind.Module).Select(a => new PlaceCompletion(a, null, a)))
            .Concat(Functions.Names.OrderBy(n => n, StringComparer.Ordinal).Select(n => new PlaceCompletion(n, "function", n + "(")));
    }

    // Arguments of Terraform's own that take nothing but some names; null for all others.
    private IEnumerable<string>? OwnValues(CursorContext place) => (place.Blocks[place.Blocks.Count - 1].Type, place.Argument) switch
    {
        ("variable", "type") => ["string", "number", "bool", "list(string)", "map(string)", "set(string)", "object({})", "any"],
        ("variable", "sensitive" or "nullable" or "ephemeral") or ("output", "sensitive" or "ephemeral")
            or ("lifecycle", "prevent_destroy" or "create_before_destroy" or "destroy") => ["true", "false"],
        ("lifecycle", "ignore_changes") => place.IsInList
            ? (SchemaAt(place.Blocks[0])?.Members ?? []).Where(m => !m.IsReadOnly).Select(m => m.Name) : ["all"],
        ("lifecycle", "replace_triggered_by") => Addresses(TerraformKind.Resource),
        ("resource" or "data" or "module" or "output" or "ephemeral", "depends_on") =>
            Addresses(TerraformKind.Resource, TerraformKind.Data, TerraformKind.Module),
        ("resource" or "data" or "ephemeral" or "import", "provider") => Providers(place.Blocks[0]),
        ("moved", "from" or "to") or ("import" or "removed", "to" or "from") => Addresses(TerraformKind.Resource, TerraformKind.Module),
        _ => null,
    };

    private IEnumerable<string> Addresses(params TerraformKind[] kinds) =>
        Module.Items.Where(i => kinds.Contains(i.Kind)).Select(i => i.Address).Distinct(StringComparer.Ordinal);

    // Of the type's own provider, its configurations that have a name, and the one that has none.
    private IEnumerable<string> Providers(BlockHead top)
    {
        var all = Module.Items.Where(i => i.Kind == TerraformKind.Provider).ToList();
        var local = top.Labels.Count > 0 ? ProviderPacks.LocalName(top.Labels[0]) : "";
        return all.Where(i => Module.Argument(i, "alias")?.Text is not null)
            .Select(i => $"{i.Block.Label(0)}.{Module.Argument(i, "alias")!.Text}").Append(local).Where(n => n.Length > 0).Distinct();
    }

    // What can be taken of names.
    private IEnumerable<PlaceCompletion> Below(IReadOnlyList<string> steps)
    {
        IEnumerable<PlaceCompletion> Of(IEnumerable<TerraformItem> found) => found.Select(i => i.Name).Distinct(StringComparer.Ordinal)
            .Select(n => new PlaceCompletion(n, null, n));
        switch (steps[0])
        {
            case "var" when steps.Count == 1:
                return Of(Module.Of(TerraformKind.Variable));
            case "var" when Module[$"var.{steps[1]}"] is { } variable:
                return AttributesOf(Module.TypeOf(variable), steps.Skip(2)).Select(n => new PlaceCompletion(n, null, n));
            case "local" when steps.Count == 1:
                return Of(Module.Of(TerraformKind.Local));
            case "module" when steps.Count == 1:
                return Of(Module.Of(TerraformKind.Module));
            case "module" when steps.Count == 2:
                return Module[$"module.{steps[1]}"] is { } call && knowledge.Called(call) is { } called
                    ? Of(called.Of(TerraformKind.Output))
                    : [];
            case "data" when steps.Count == 1:
                return Module.Of(TerraformKind.Data).Select(d => d.ResourceType).Distinct(StringComparer.Ordinal)
                    .Select(t => new PlaceCompletion(t, null, t));
            case "data" when steps.Count == 2:
                return Of(Module.Of(TerraformKind.Data).Where(d => d.ResourceType == steps[1]));
            case "each":
                return [new PlaceCompletion("key", null, "key"), new PlaceCompletion("value", null, "value")];
            case "count":
                return [new PlaceCompletion("index", null, "index")];
            case "path":
                return ((string[])["module", "root", "cwd"]).Select(n => new PlaceCompletion(n, null, n));
            case "terraform":
                return [new PlaceCompletion("workspace", null, "workspace")];
            case var _ when steps.Count == 1:
                return Of(Module.Of(TerraformKind.Resource).Where(r => r.ResourceType == steps[0]));
        }

        var address = steps[0] == "data" ? steps.Take(3) : steps.Take(2);
        if (Module[string.Join(".", address)] is not { } target || SchemaOf(target) is not { } schema)
            return [];
        var rest = steps.Skip(address.Count()).ToList();
        var body = rest.Count == 0 ? schema : schema.At(rest)?.Body;
        return (body?.Members ?? []).Select(m => new PlaceCompletion(m.Name, MemberWords.Short(m), m.Name));
    }

    private static IEnumerable<string> AttributesOf(TerraformType type, IEnumerable<string> steps)
    {
        foreach (var step in steps)
        {
            if (!type.Attributes.TryGetValue(step, out var inner))
                return [];
            type = inner;
        }

        return type.Attributes.Keys.OrderBy(n => n, StringComparer.Ordinal);
    }

    // What a text may hold there, whichever versions the module takes: it is only offered.
    private static SchemaBlock? SchemaAt(BlockHead top)
    {
        var type = top.Labels.Count > 0 ? top.Labels[0] : "";
        return top.Type switch
        {
            "resource" => (BuiltinProvider.Of(type) ?? ProviderPacks.Embedded.ForType(type))?.Resource(type)?.Body,
            "data" => ProviderPacks.Embedded.ForType(type)?.Data(type)?.Body,
            "provider" => ProviderPacks.Embedded.ForType(type)?.Configuration,
            _ => null,
        };
    }

    private static SchemaBlock? SchemaAt(CursorContext place)
    {
        var schema = SchemaAt(place.Blocks[0]);
        foreach (var block in place.Blocks.Skip(1))
        {
            // The body of a dynamic block has only what repeats it; what it makes is in its content.
            if (block.Type == "dynamic")
                schema = block.Labels.Count > 0 ? schema?[block.Labels[0]]?.Body : null;
            else if (block.Type != "content")
                schema = schema?[block.Type]?.Body;
        }

        return schema;
    }

    private SchemaBlock? SchemaOf(TerraformItem item) => knowledge.SchemaOf(item, out _);

    // The body that the cursor stands in, where the text could be read that far.
    private HclBody? BodyAt(int offset, int depth)
    {
        var body = items.FirstOrDefault(i => i.Span.Touches(offset))?.Body;
        for (var at = 1; at < depth && body is not null; at++)
            body = body.Blocks.FirstOrDefault(b => b.Span.Touches(offset))?.Body;
        return body;
    }

    /// <summary>The parts of what is declared: its blocks and arguments.</summary>
    public static IEnumerable<ResourcePart> PartsOf(TerraformItem item)
    {
        if (item.Attribute is not null)
            return [];
        return item.Body.Attributes.Select(a => (a.Span, Part: new ResourcePart(a.Name, null, a.Span, a.NameSpan)))
            .Concat(item.Body.Blocks.Select(b =>
                (b.Span, Part: new ResourcePart(string.Join(" ", b.Labels.Select(l => l.Text).Prepend(b.Type)),
                null, b.Span, b.Head))))
            .OrderBy(p => p.Span.Start).Select(p => p.Part);
    }
}
