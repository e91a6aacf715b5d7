using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>Parts of user data that are cloud-configs by the type that they are given (<c>cloudinit_config</c>), whether or not they say
/// so themselves.</summary>
/// <param name="Content">What the part holds.</param>
internal sealed record CloudConfigParts(HclExpression Content)
{
    /// <summary>What a cloud-config begins with where it says so itself.</summary>
    public const string Header = "#cloud-config\n";

    /// <summary>The texts in a document that are such parts and do not say so themselves, as far as they are written there.</summary>
    public static IEnumerable<EmbeddedText> In(HclDocument document)
    {
        foreach (var content in document.Body.Blocks.SelectMany(static block => Of(block.Body)).Select(static part => part.Content))
        {
            var builder = new EmbeddedText.Builder();
            builder.AddText(Header, new TextSpan(content.Span.Start, content.Span.Start));
            if (HclEncodedTexts.ValueOf(content) is { } encoded)
                HclEncodedTexts.Add(encoded, builder);
            else if (content is HclTemplate { Parts: [HclText text] } && !text.Value.StartsWith('#'))
                builder.AddLines(text.Value, document.Text, text.Span);
            else
                continue;
            yield return builder.Build();
        }
    }

    /// <summary>Those in the body of a block.</summary>
    public static IEnumerable<CloudConfigParts> Of(HclBody body) => body.BlocksOf("part").Select(static block => block.Body)
        .Concat(body.BlocksOf("dynamic").Where(static block => block.Label(0) == "part")
            .SelectMany(static block => block.Body.BlocksOf("content")).Select(static block => block.Body))
        .Where(static part => part["content_type"]?.Text == "text/cloud-config").Select(static part => part["content"])
        .OfType<HclExpression>().Select(static content => new CloudConfigParts(content));
}
