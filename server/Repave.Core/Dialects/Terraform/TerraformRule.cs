using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform;

/// <summary>A rule that reads Terraform's configurations.</summary>
public abstract class TerraformRule : Rule
{
    /// <inheritdoc/>
    public sealed override string? Dialect => TerraformDialect.DialectName;

    /// <inheritdoc/>
    public sealed override string ExampleLanguage => "hcl";

    /// <inheritdoc/>
    public sealed override string ExampleFile => "main.tf";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language"];

    /// <summary>Reports where something that a configuration declares breaks the rule.</summary>
    /// <param name="item">What is declared.</param>
    /// <param name="module">The module that it is in.</param>
    /// <param name="sink">Takes the findings.</param>
    internal abstract void Check(TerraformItem item, TerraformModule module, FindingSink sink);

    /// <summary>The provisioners of a resource.</summary>
    private protected static IEnumerable<HclBlock> Provisioners(TerraformItem item, string type) =>
        item.Kind == TerraformKind.Resource ? item.Body.BlocksOf("provisioner").Where(b => b.Label(0) == type) : [];

    /// <summary>The value of an argument of a resource's lifecycle.</summary>
    private protected static HclExpression? Lifecycle(TerraformItem item, string name) =>
        item.Body.BlocksOf("lifecycle").Select(b => b.Body[name]).FirstOrDefault(v => v is not null);

    /// <summary>Whether an expression is the word true.</summary>
    private protected static bool IsTrue(HclExpression? expression) => expression is HclLiteral { IsTrue: true };

    /// <summary>The attributes that a resource's lifecycle leaves alone; null if it leaves all alone.</summary>
    private protected static IReadOnlyList<(string Name, HclExpression At)>? Ignored(
        TerraformItem item) => Lifecycle(item, "ignore_changes") switch
        {
            HclTuple tuple => [.. tuple.Items.Select(i => (i is HclTraversal traversal ? traversal.Root : i.Text ?? "", i))],
            HclTraversal { Root: "all" } => null,
            _ => [],
        };

    /// <summary>The calls of functions in an expression.</summary>
    private protected static IEnumerable<HclCall> Calls(HclExpression expression, params string[] names) =>
        expression.All.OfType<HclCall>().Where(c => Array.IndexOf(names, c.Name) >= 0);
}
