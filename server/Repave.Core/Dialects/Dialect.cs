using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>What a dialect made of a document.</summary>
public enum Recognition
{
    /// <summary>Not its business.</summary>
    Foreign,

    /// <summary>Its document; the resources are what it defines.</summary>
    Mine,

    /// <summary>Its document, but a template that is not yet a manifest; counted and left alone.</summary>
    Template,
}

/// <summary>A document as a dialect reads it.</summary>
/// <param name="Recognition">Whose it is.</param>
/// <param name="Resources">What it defines; empty unless it is <see cref="Recognition.Mine"/>.</param>
public sealed record DocumentReading(Recognition Recognition, IReadOnlyList<Resource> Resources)
{
    /// <summary>A document that is not the dialect's.</summary>
    public static DocumentReading Foreign { get; } = new(Recognition.Foreign, []);

    /// <summary>A template.</summary>
    public static DocumentReading Template { get; } = new(Recognition.Template, []);

    /// <summary>A template that resources of the dialect fill in, so that a plan leaves nothing out with it.</summary>
    public static DocumentReading FilledIn { get; } = new(Recognition.Template, []) { IsFilledIn = true };

    /// <summary>Whether resources of the dialect fill in the template.</summary>
    public bool IsFilledIn { get; private init; }
}

/// <summary>A kind of manifest: what every dialect owes. What else one can do (plan, take snapshots, complete, …) is an interface that it
/// implements, and that the one place which needs it asks for: <see cref="IVersioned"/>, <see cref="IPlans"/>, <see cref="ISnapshots"/>,
/// <see cref="ITries"/>, and on the prepared set <see cref="INames"/>, <see cref="ICompletes"/>, <see cref="IDescribes"/>.</summary>
public abstract class Dialect
{
    /// <summary>Its name, as in <see cref="ResourceId.Dialect"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Its name as reports for programs write it.</summary>
    public virtual string NameInReports => Name;

    /// <summary>Names of its files besides those of its languages, as <see cref="FileNamePattern"/> reads them.</summary>
    public virtual IReadOnlyList<string> FileNames => [];

    /// <summary>Whether it is asked for a document before others are: its documents look like those of another dialect that leaves none out
    /// which might be its own.</summary>
    public virtual bool ReadsFirst => false;

    /// <summary>Whether a file says by its name what other files are, so that these are read rightly only with it
    /// (a kustomization).</summary>
    public virtual bool Explains(string path) => false;

    /// <summary>Whether a file says by its name which images a tool puts in when manifests are deployed, wherever these come from (a
    /// file of skaffold).</summary>
    public virtual bool NamesImages(string path) => false;

    /// <summary>The files that a file of its own names and that it cannot be read rightly without, as it names them: from its folder.
    /// Whether they exist is not its business.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="text">Its text.</param>
    public virtual IReadOnlyList<string> FilesNamedIn(string path, string text) => [];

    /// <summary>Whether a file may name others (<see cref="FilesNamedIn"/>), going by its own name.</summary>
    public virtual bool MayNameFiles(string path) => false;

    /// <summary>Whether a file is one part of what its tool reads whole from a folder (a Terraform module), so that it is read rightly only
    /// with the folder's other parts.</summary>
    /// <param name="path">The file's path, with forward slashes.</param>
    public virtual bool IsPart(string path) => false;

    /// <summary>What people call a resource type, without what only the platform needs (<c>Deployment</c>
    /// of <c>Deployment.apps</c>).</summary>
    public virtual string KindOf(string type) => type;

    /// <summary>Whether a text may hold a document of the dialect: a cheap test that may say yes too often and never no wrongly.</summary>
    public abstract bool MayHold(string path, string text);

    /// <summary>Reads a document: whose is it, and what does it define.</summary>
    public abstract DocumentReading Read(Manifest manifest, DocumentSlot slot);

    /// <summary>Checks a document of its own that defines nothing, for which nothing else is asked.</summary>
    public virtual void CheckEmpty(FindingSink sink)
    {
    }

    /// <summary>Finds what is secret in a document, whosever it is: a text that is shown nowhere. Called rarely, and once for
    /// a document.</summary>
    /// <param name="document">The document; it may be broken.</param>
    /// <param name="found">Where to put it.</param>
    public virtual void FindSecrets(Document document, SecretNodes found)
    {
    }

    /// <summary>Makes ready to check a set of resources (custom types that the set itself defines, …).</summary>
    /// <param name="set">The dialect's resources.</param>
    /// <param name="manifests">All files that are checked together.</param>
    /// <param name="settings">The settings in force.</param>
    public abstract DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings);
}
