using System.Text;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Model;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform;

/// <summary>The machine images that configurations build, name and look for.</summary>
internal static class TerraformImages
{
    private const string Aws = "aws", Google = "google", Azure = "azure";

    // Arguments that give what is built its name, as the path of blocks to them.
    private static readonly Dictionary<string, (string[] Path, string Cloud, MachineImageKind Kind)[]> Built = new(StringComparer.Ordinal)
    {
        ["aws_imagebuilder_distribution_configuration"] =
        [
            (["distribution", "ami_distribution_configuration", "name"], Aws, MachineImageKind.Name),
            (["distribution", "ssm_parameter_configuration", "parameter_name"], Aws, MachineImageKind.Parameter),
        ],
        ["aws_imagebuilder_image_recipe"] = [(["name"], Aws, MachineImageKind.Recipe)],
        ["aws_ami"] = [(["name"], Aws, MachineImageKind.Name)],
        ["aws_ami_copy"] = [(["name"], Aws, MachineImageKind.Name)],
        ["aws_ami_from_instance"] = [(["name"], Aws, MachineImageKind.Name)],
        ["aws_ssm_parameter"] = [(["name"], Aws, MachineImageKind.Parameter)],
        ["google_compute_image"] = [(["name"], Google, MachineImageKind.Name), (["family"], Google, MachineImageKind.Family)],
        ["azurerm_image"] = [(["name"], Azure, MachineImageKind.Name)],
    };

    // What data sources look for, but for the filters of AWS.
    private static readonly Dictionary<string, (string[] Path, string Cloud, MachineImageKind Kind)[]> LookedFor =
        new(StringComparer.Ordinal)
        {
            ["aws_ssm_parameter"] = [(["name"], Aws, MachineImageKind.Parameter)],
            ["google_compute_image"] = [(["name"], Google, MachineImageKind.Name), (["family"], Google, MachineImageKind.Family)],
            ["azurerm_image"] = [(["name"], Azure, MachineImageKind.Name)],
        };

    /// <summary>The images that something says how to build.</summary>
    public static IEnumerable<MachineImageBuild> BuiltBy(TerraformItem item, TerraformModule module)
    {
        if (item.Kind != TerraformKind.Resource || !Built.TryGetValue(item.ResourceType, out var rows))
            yield break;
        foreach (var (path, cloud, kind) in rows)
        {
            foreach (var value in ValuesAt(item.Body, path, 0))
                yield return new MachineImageBuild(item, value.Span, NameOf(value, cloud, kind, module)) { IsHandedOn = true };
        }
    }

    /// <summary>The images that something names or looks for.</summary>
    public static IEnumerable<MachineImageUse> UsedBy(TerraformItem item, TerraformModule module) => item.Kind switch
    {
        TerraformKind.Data when item.ResourceType is "aws_ami" or "aws_ami_ids" => LookedUp(item, module),
        // Parameters hold anything; what is started with one is an image.
        TerraformKind.Data when item.ResourceType == "aws_ssm_parameter" && !IsStarted(item, module) => [],
        TerraformKind.Data when LookedFor.TryGetValue(item.ResourceType, out var rows) => rows
            .SelectMany(row => ValuesAt(item.Body, row.Path, 0)
                .Select(value => new MachineImageUse(item, value.Span, NameOf(value, row.Cloud, row.Kind, module), false))),
        TerraformKind.Resource when item.ResourceType.StartsWith("aws_", StringComparison.Ordinal) => Named(item, module),
        _ => [],
    };

    private static bool IsStarted(TerraformItem item, TerraformModule module) => module.Of(TerraformKind.Resource)
        .SelectMany(static user => user.Body.AllAttributes).Where(static attribute => IsImage(attribute.Name))
        .Any(attribute => Validation.References.Of(attribute.Value, []).Any(reference => reference.Address == item.Address));

    private static bool IsImage(string argument) => argument is "ami" or "image_id" or "parent_image";

    private static IEnumerable<MachineImageUse> Named(TerraformItem item, TerraformModule module)
    {
        foreach (var attribute in item.Body.AllAttributes.Where(static a => IsImage(a.Name)))
        {
            var name = NameOf(attribute.Value, Aws, MachineImageKind.Name, module);
            if (MachineImageNames.InAws(name) is { } meant)
                yield return new MachineImageUse(item, attribute.Value.Span, meant, false);
        }
    }

    private static IEnumerable<MachineImageUse> LookedUp(TerraformItem item, TerraformModule module)
    {
        var owners = OwnersOf(module.Argument(item, "owners"));
        if (MachineImageOwners.AreOthers(owners))
            yield break;
        var isOwn = MachineImageOwners.IsOwn(owners);
        var named = module.Blocks(item).Where(static block => block.Type == "filter" && block.Body["name"]?.Text == "name").ToList();
        foreach (var value in named.SelectMany(block => ValuesOf(block.Body["values"])))
            yield return new MachineImageUse(item, value.Span, NameOf(value, Aws, MachineImageKind.Name, module), isOwn);
        if (named.Count == 0 && module.Argument(item, "name_regex") is { Text: { } expression } regex)
        {
            var name = MachineImageName.Of(Aws, MachineImageKind.Name, PatternOf(expression));
            yield return new MachineImageUse(item, regex.Span, name, isOwn);
        }
    }

    private static List<string?> OwnersOf(HclExpression? owners) => owners switch
    {
        null => [],
        HclTuple tuple => [.. tuple.Items.Select(static item =>
            item is HclTraversal { Root: "data", Steps: [{ Name: "aws_caller_identity" }, ..] } ? MachineImageOwners.Own : item.Text)],
        _ => [null],
    };

    private static IEnumerable<HclExpression> ValuesOf(HclExpression? values) => values switch
    {
        null => [],
        HclTuple tuple => tuple.Items,
        _ => [values],
    };

    private static IEnumerable<HclExpression> ValuesAt(HclBody body, string[] path, int at)
    {
        if (at == path.Length - 1)
            return body[path[at]] is { } value ? [value] : [];
        return body.BlocksOf(path[at]).Select(static block => block.Body)
            .Concat(body.BlocksOf("dynamic").Where(block => block.Label(0) == path[at])
                .SelectMany(static block => block.Body.BlocksOf("content")).Select(static block => block.Body))
            .SelectMany(inner => ValuesAt(inner, path, at + 1));
    }

    private static MachineImageName NameOf(HclExpression value, string cloud, MachineImageKind kind, TerraformModule module)
    {
        var name = new MachineImageName(cloud, kind, Of(true), Of(false));
        return kind == MachineImageKind.Recipe ? MachineImageNames.OfRecipe(name) : name;

        NamePattern Of(bool takesDefaults) =>
            // EC2 Image Builder fills in the day of the build.
            new HclNames(named => ValueOf(named, module, takesDefaults), MachineImageNames.Filled).Of(value);
    }

    // Anybody may give variables another value, and must where none is there; locals are what they are.
    private static HclExpression? ValueOf(HclTraversal name, TerraformModule module, bool takesDefaults)
    {
        if (name is not { Root: "var" or "local", Steps: [{ IsIndex: false, Name: { } first }] } || SecretNames.Is(first))
            return null;
        if (name.Root == "local")
            return module.Local(first);
        return takesDefaults && module[$"var.{first}"] is { } declared
            && module.Argument(declared, "sensitive") is not HclLiteral { IsTrue: true }
            && module.Argument(declared, "default") is { Text: not "" } standard ? standard : null;
    }

    // What a regular expression leaves known: its plain letters, in their order.
    private static string PatternOf(string expression)
    {
        if (expression.IndexOf('|') >= 0)
            return NamePattern.Unknown;
        var pattern = new StringBuilder();
        var (isOpen, depth) = (!expression.StartsWith('^'), 0);
        if (isOpen)
            pattern.Append(NamePattern.Unknown);
        var isClosed = expression.EndsWith('$');
        for (var i = isOpen ? 0 : 1; i < expression.Length - (isClosed ? 1 : 0); i++)
        {
            var (c, next) = (expression[i], i + 1 < expression.Length ? expression[i + 1] : '\0');
            var isPlain = depth == 0 && (char.IsLetterOrDigit(c) || c is '-' or '_' or ' ' or '/')
                && next is not ('*' or '?' or '{' or '+');
            if (c == '\\' && depth == 0 && next is '.' or '-' or '/' && (i + 2 >= expression.Length
                || expression[i + 2] is not ('*' or '?' or '{' or '+')))
                pattern.Append(expression[++i]);
            else if (isPlain)
                pattern.Append(c);
            else if (pattern.Length == 0 || pattern[pattern.Length - 1] != '*')
                pattern.Append(NamePattern.Unknown);
            if (c is '(' or '[' or '{')
                depth++;
            else if (c is ')' or ']' or '}')
                depth = Math.Max(0, depth - 1);
            else if (c == '\\' && !isPlain && i < expression.Length && expression[i] == '\\')
                i++;
        }

        return isClosed ? pattern.ToString() : pattern.Append(NamePattern.Unknown).ToString();
    }
}
