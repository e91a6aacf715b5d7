using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Editing;

/// <summary>What providers put in the place of arguments that nobody writes.</summary>
internal static class TerraformDefaults
{
    /// <summary>Of a resource's block and the blocks in it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="schema">What it may hold.</param>
    /// <param name="part">The part of the text that is asked about.</param>
    public static IEnumerable<UnwrittenDefaults> In(HclBlock block, SchemaBlock schema, TextSpan part)
    {
        if (!block.Span.Overlaps(part))
            yield break;
        var fields = schema.Members
            .Where(m => m.Default is { Length: > 0 } && !m.IsReadOnly && !m.IsSensitive && !m.IsDeprecated
                && !IsWritten(block.Body, m.Name))
            .Select(m => new KeyValuePair<string, string>(m.Name, m.Default!)).ToList();
        if (fields.Count > 0)
            yield return new UnwrittenDefaults(block.Head.Start, fields);
        foreach (var inner in block.Body.Blocks)
        {
            if (schema[inner.Type]?.Body is not { } body)
                continue;
            foreach (var found in In(inner, body, part))
                yield return found;
        }
    }

    // What a dynamic block makes is written too.
    private static bool IsWritten(HclBody body, string name) => body.Attributes.Any(a => a.Name == name)
        || body.Blocks.Any(b => b.Type == name || (b.Type == "dynamic" && b.Label(0) == name));
}
