using System.Text;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>A template's scalars with keyed hashes in the place of what is secret, so that a snapshot and what is planned against it say
/// the same of the same value.</summary>
/// <param name="document">The template's document.</param>
/// <param name="key">The key of the hashes; null to leave values as they are.</param>
internal sealed class TemplateSecrets(Document document, byte[]? key)
{
    private readonly Secrets? _secrets = key is null ? null : Secrets.Of(document);

    /// <summary>The key of the hashes, or null.</summary>
    public byte[]? Key => key;

    /// <summary>A scalar's text, or the hash that stands for it.</summary>
    public string TextOf(ScalarNode scalar) => IsSecret(scalar) ? SecretHash.Of(scalar.Value, key!) : scalar.Value;

    /// <summary>The text of a scalar with variables in it, which stay; the hashes are of what stands between them.</summary>
    public string PatternOf(ScalarNode scalar)
    {
        if (!IsSecret(scalar))
            return scalar.Value;
        var pattern = new StringBuilder();
        var last = 0;
        void TakeUntil(int end)
        {
            if (end > last)
                pattern.Append(SecretHash.Of(scalar.Value.Substring(last, end - last), key!));
        }

        foreach (var (_, start) in TemplateReference.VariablesOf(scalar.Value))
        {
            var end = scalar.Value.IndexOf('}', start) + 1;
            if (start < last || end <= start)
                continue;
            TakeUntil(start);
            pattern.Append(scalar.Value, start, end - start);
            last = end;
        }

        TakeUntil(scalar.Value.Length);
        return pattern.ToString();
    }

    // What repeats a secret elsewhere is one too.
    private bool IsSecret(ScalarNode scalar) =>
        key is not null && _secrets is { Any: true } && scalar.Value.Length > 0
        && scalar.Kind is not (ScalarKind.Boolean or ScalarKind.Null)
        && (_secrets.Touches(scalar.Span) || _secrets.Repeats(scalar.Value));
}
