using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer.Rules;

/// <summary>Secrets that stand in a template: in arguments, in variables' defaults and in what provisioners are given. Passwords that are
/// known to everybody (<c>vagrant</c>) are none.</summary>
public sealed class SecretInTemplate : PackerRule
{
    private const int MaxDepth = 60;

    private static readonly string[] Parts = ["variables", "builders", "provisioners", "post-processors"];

    /// <inheritdoc/>
    public override string Id => "RPV1292";

    /// <inheritdoc/>
    public override string Title => "Secret in a Packer template";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A secret in a template is in its repository and in each copy of it, and what a build sets with it may stay in the image. Take it "
        + "from a variable without a default that is marked as sensitive, from the environment or from a secret store.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 IA-5", "NIST SP 800-53 SC-28"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://developer.hashicorp.com/packer/docs/templates/hcl_templates/variables#suppressing-sensitive-variables"];

    /// <inheritdoc/>
    public override string Bad => """
        source "amazon-ebs" "web" {
          ami_name   = "web-{{timestamp}}"
          access_key = "QX3MB7KD92LTZ5VN8RHC"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        variable "access_key" {
          type      = string
          sensitive = true
        }

        source "amazon-ebs" "web" {
          ami_name   = "web-{{timestamp}}"
          access_key = var.access_key
        }
        """;

    /// <inheritdoc/>
    public override void CheckResource(Resource resource, FindingSink sink)
    {
        switch (resource)
        {
            case PackerLocal local:
                CheckValue(local.Attribute.Name, local.Attribute.Value, resource, sink);
                break;
            // Their entries are resources of their own.
            case PackerBlock { Block.Type: "locals" or "variables" }:
                break;
            case PackerBlock { Block: { Type: "variable" or "local", Body: var body } } block:
                if ((body["default"] ?? body["expression"]) is { } value)
                    CheckValue(block.Id.Name, value, resource, sink);
                break;
            case PackerBlock block:
                foreach (var attribute in block.Block.Body.AllAttributes)
                    CheckValue(attribute.Name, attribute.Value, resource, sink);
                break;
            case PackerTemplate template:
                foreach (var entry in template.Root.AllEntries.Where(static entry => Array.IndexOf(Parts, entry.Name) >= 0))
                    CheckNode("", entry.Value, template, sink, 0);
                break;
        }
    }

    private void CheckValue(string name, HclExpression value, Resource resource, FindingSink sink)
    {
        switch (value)
        {
            case HclTuple tuple:
                foreach (var item in tuple.Items)
                    CheckValue(name, item, resource, sink);
                break;
            case HclObject map:
                foreach (var entry in map.Entries)
                    CheckValue(entry.Name ?? name, entry.Value, resource, sink);
                break;
            case { Text: { } text } when SecretIn(name, text) is { } secret:
                sink.Add(this, value.Span, MessageOf(secret), resource);
                break;
        }
    }

    private void CheckNode(string name, Node node, PackerTemplate template, FindingSink sink, int depth)
    {
        if (depth > MaxDepth)
            return;
        switch (node.Resolved)
        {
            case MapNode map:
                foreach (var entry in map.AllEntries)
                    CheckNode(entry.Name ?? name, entry.Value, template, sink, depth + 1);
                break;
            case ListNode list:
                foreach (var item in list.ResolvedItems)
                    CheckNode(name, item, template, sink, depth + 1);
                break;
            case ScalarNode scalar when SecretIn(name, scalar.Value) is { } secret:
                sink.Add(this, template, scalar, MessageOf(secret));
                break;
        }
    }

    // What a provisioner's variables of the environment are called stands before an equals sign.
    private static string? SecretIn(string name, string value)
    {
        if (name is "environment_vars" or "env_vars" && value.IndexOf('=') is > 0 and var equals)
            (name, value) = (value.Substring(0, equals), value.Substring(equals + 1));
        return SecretNames.Is(name) && SecretNames.IsMade(value) && !FilledIn.Is(value) ? name : null;
    }

    private static string MessageOf(string name) =>
        $"The value of '{name}' is a secret, and stands here for everybody who reads the repository.";
}
