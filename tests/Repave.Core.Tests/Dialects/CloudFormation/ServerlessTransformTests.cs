using Repave.Core.Dialects.CloudFormation;
using Repave.Core.Dialects.CloudFormation.Serverless;
using Repave.Core.Model;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.CloudFormation;

/// <summary>A template of the Serverless Application Model beside what its own translator (aws-sam-translator 1.110) makes of it: logical
/// ids
/// with their hashes, and types. Of deployments of APIs the hash is of a body that is not written out here, so that it is left
/// out.</summary>
public class ServerlessTransformTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void TheResourcesAreThoseOfTheTranslator()
    {
        var expected = File.ReadAllLines(PathOf("shop.expected.txt"));
        Assert.True(expected.Length > 60);
        Assert.Equal(expected, Expanded(File.ReadAllText(PathOf("shop.yaml"))).Resources
            .Select(r => $"{WithoutHash(r.Key)} {r.Value.Value.TextAt("Type")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NamesOfWhatIsMadeAreFollowed()
    {
        var template = Expanded(File.ReadAllText(PathOf("shop.yaml")));
        string? Named(string output) =>
            template.Outputs[output].Value["Value"] is { } value && Intrinsic.Of(value) is { } function ? function.Text : null;
        Assert.Equal("ApiliveStage", Named("Stage"));
        Assert.Equal("Common578bf2875c", Named("Layer"));
        Assert.Equal("TakeVersion50fbf17d34", Named("Version"));
        // Whatever is named is there.
        Assert.DoesNotContain(template.References, r => r.Kind is ReferenceKind.Ref or ReferenceKind.GetAtt
            && !r.Name.Contains("::", StringComparison.Ordinal)
            && !r.Name.StartsWith("__", StringComparison.Ordinal) && !template.Resources.ContainsKey(r.Name)
                && !template.Parameters.ContainsKey(r.Name));
    }

    [Fact]
    public void WhatIsMadeStandsWhereItIsMadeFrom()
    {
        var text = File.ReadAllText(PathOf("shop.yaml"));
        var template = Expanded(text);
        Assert.Equal(text.IndexOf("Read:\n", StringComparison.Ordinal), template.Resources["ReadRole"].Key.Span.Start);
        Assert.Equal(text.IndexOf("Read:\n", StringComparison.Ordinal), template.Resources["ServerlessRestApi"].Key.Span.Start);
    }

    [Theory]
    [InlineData("Resources: {A: {Type: AWS::SQS::Queue}}")]
    [InlineData("Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: AWS::SQS::Queue}}")]
    public void WhatIsNotOfTheModelStaysAsItIs(string text)
    {
        var document = Manifest.Parse("a.yaml", text).Source.Documents[0].Document;
        Assert.Same(Template.Of(document), ServerlessTransform.Expand(Template.Of(document), None));
    }

    private static Template Expanded(string text) =>
        ServerlessTransform.Expand(Template.Of(Manifest.Parse("shop.yaml", text).Source.Documents[0].Document), None);

    private static string WithoutHash(string name)
    {
        var at = name.IndexOf("Deployment", StringComparison.Ordinal);
        return at > 0 && name.Length == at + 20 ? name[..(at + 10)] + "#" : name;
    }

    private static string PathOf(string file) => Path.Combine(Repository.Root, "tests", "Fixtures", "serverless", file);
}
