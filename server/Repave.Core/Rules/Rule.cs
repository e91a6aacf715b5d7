namespace Repave.Core.Rules;

/// <summary>One check: what it is called, why it matters, and what it looks like when it is broken and kept. The catalogue, the
/// documentation pages and every output format are made from these members.</summary>
public abstract class Rule
{
    /// <summary>The id, <c>RPV</c> and four digits.</summary>
    public abstract string Id { get; }

    /// <summary>What the rule demands or finds, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>How much its findings weigh unless settings say otherwise.</summary>
    public abstract Severity Severity { get; }

    /// <summary>Why, in two sentences: what goes wrong, and what to do instead.</summary>
    public abstract string Reason { get; }

    /// <summary>A manifest that breaks the rule. Run as a test.</summary>
    public abstract string Bad { get; }

    /// <summary>The same manifest mended. Run as a test: it has no finding of this rule.</summary>
    public abstract string Good { get; }

    /// <summary>Whether <see cref="Bad"/> and <see cref="Good"/> say anything.</summary>
    public virtual bool HasExamples => true;

    /// <summary>Whether it runs unless settings turn it on; off for rules that are right in general and noisy in practice.</summary>
    public virtual bool OnByDefault => true;

    /// <summary>The controls that it supports, as <c>NIST SP 800-53 CM-3</c>.</summary>
    public virtual IReadOnlyList<string> Controls => [];

    /// <summary>Public pages that say more.</summary>
    public virtual IReadOnlyList<string> References => [];

    /// <summary>The dialect whose manifests it reads; null if every dialect's.</summary>
    public virtual string? Dialect => null;

    /// <summary>The language of the examples, as Markdown names it.</summary>
    public virtual string ExampleLanguage => "yaml";

    /// <summary>The file name that the examples are checked under.</summary>
    public virtual string ExampleFile => "example.yaml";

    /// <summary>What it is about, for those who weigh rules together: Validity, Images, Mutability, Rollout, Replacement, Data or
    /// Drift.</summary>
    public virtual string Category => Id.Length < 5 ? "Validity" : Id.Substring(3, 2) switch
    {
        "10" => "Images",
        "11" or "12" => "Mutability",
        "13" => "Rollout",
        "14" => "Replacement",
        "15" => "Data",
        "16" => "Drift",
        _ => "Validity",
    };

    /// <summary>Where its documentation stands.</summary>
    public string HelpLink => $"https://github.com/repave/repave/blob/main/docs/rules/{Id}.md";
}
