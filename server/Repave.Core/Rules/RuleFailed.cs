using Repave.Core.Model;

namespace Repave.Core.Rules;

/// <summary>A rule or a dialect that failed, or took too long.</summary>
public sealed class RuleFailed : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0004")!;

    /// <inheritdoc/>
    public override string Id => "RPV0004";

    /// <inheritdoc/>
    public override string Title => "A check that failed";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A check of Repave stopped with an error of its own, or took too long, so what it would have found here is not known. "
        + "Everything else was checked; please report it with the text that it happened on.";

    /// <summary>None: no text makes a rule fail that is not a defect of Repave.</summary>
    public override bool HasExamples => false;

    /// <inheritdoc/>
    public override string Bad => "";

    /// <inheritdoc/>
    public override string Good => "";

    /// <summary>Says that something failed on a resource.</summary>
    internal static void Report(FindingSink sink, Resource resource, string what, string why) =>
        sink.Add(Instance, resource.NameSpan, $"{what} failed here: {why}. Everything else was checked; please report this.", resource);

    /// <summary>Says that something failed on a document.</summary>
    internal static void Report(FindingSink sink, string what, string why) =>
        sink.Add(Instance, new Text.TextSpan(0, Math.Min(1, sink.Slot.Document.Text.Length)),
            $"{what} failed here: {why}. Everything else was checked; please report this.");
}
