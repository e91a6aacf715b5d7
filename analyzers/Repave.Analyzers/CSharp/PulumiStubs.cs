namespace Repave.Analyzers.CSharp;

/// <summary>The few types of Pulumi that examples need, which the feed does not have.</summary>
internal static class PulumiStubs
{
    /// <summary>What may be said of every resource.</summary>
    public const string Options = """
        namespace Pulumi
        {
            public class ResourceOptions { public List<string> IgnoreChanges { get; set; } = []; public bool? Protect { get; set; } public bool? RetainOnDelete { get; set; } }

            public class CustomResourceOptions : ResourceOptions { public bool? DeleteBeforeReplace { get; set; } }
        }
        """;
}
