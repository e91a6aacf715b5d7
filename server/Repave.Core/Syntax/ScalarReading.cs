namespace Repave.Core.Syntax;

/// <summary>How the scalars of a language are read. Two readers matter: the platform's own, and the one that JSON Schemas are written for,
/// which takes every text as JSON's data model does.</summary>
public abstract class ScalarReading
{
    /// <summary>What messages call the platform's reading (<c>YAML 1.1</c>).</summary>
    public abstract string Name { get; }

    /// <summary>What a scalar is taken for.</summary>
    /// <param name="scalar">The scalar, with its tag and quotes.</param>
    /// <param name="asPlatform">Whether the platform's reader is meant, or else a JSON Schema's.</param>
    public abstract ScalarKind KindOf(ScalarNode scalar, bool asPlatform);

    /// <summary>What a text would be taken for if it stood without quotes.</summary>
    public abstract ScalarKind KindOfPlain(string text, bool asPlatform);

    /// <summary>The truth value of a text that is taken for one.</summary>
    public abstract bool BooleanOf(string text);

    /// <summary>The whole number that a text stands for; null where it is none or does not fit 64 bits.</summary>
    public abstract long? IntegerOf(string text);

    /// <summary>The number that a text stands for; null where it is none.</summary>
    public abstract double? NumberOf(string text);
}
