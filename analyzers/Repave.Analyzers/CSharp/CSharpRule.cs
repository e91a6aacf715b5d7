using Microsoft.CodeAnalysis;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp;

/// <summary>A rule on infrastructure code in C#. It knows a library by its symbols, and is silent where that is not referenced.</summary>
public abstract class CSharpRule : Rule
{
    /// <inheritdoc/>
    public override string ExampleLanguage => "csharp";

    /// <inheritdoc/>
    public override string ExampleFile => "Example.cs";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override string Category => "Mutability";

    /// <summary>Whether it brings a fix for what it finds.</summary>
    public virtual bool HasFix => false;

    /// <summary>The library and the version whose API was read.</summary>
    public abstract string Library { get; }

    /// <summary>The types by whose names the library is known (<c>k8s.ICoreV1Operations</c>).</summary>
    public abstract IReadOnlyList<string> Types { get; }

    /// <summary>Declarations that stand for the library where it cannot be had, for the tests of the examples; null where it can.</summary>
    public virtual string? Stubs => null;

    /// <summary>Whether what it finds makes live objects differ from their manifests; what an operator does to its own objects does
    /// not.</summary>
    internal virtual bool IsDrift => false;

    /// <summary>Says which operations the rule looks at.</summary>
    internal abstract void Register(RuleRegistry registry);

    /// <summary>The types of this rule that a compilation knows.</summary>
    internal List<INamedTypeSymbol> TypesIn(Compilation compilation) =>
        [.. Types.SelectMany(name => compilation.GetTypesByMetadataName(name))];
}
