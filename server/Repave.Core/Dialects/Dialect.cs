using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Shapes;
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
}

/// <summary>What fits where a cursor stands.</summary>
/// <param name="Holder">The shape of the structure that it stands in; null if unknown.</param>
/// <param name="Values">Values, or keys that an author chooses, besides those that the shape knows.</param>
public sealed record CursorPlace(Shape? Holder, IReadOnlyList<string> Values);

/// <summary>A place where a name stands that means something in its own document only.</summary>
/// <param name="Span">Where, in offsets of the document's text.</param>
/// <param name="IsDefinition">Whether it is defined there.</param>
public sealed record LocalName(Text.TextSpan Span, bool IsDefinition);

/// <summary>Checks the resources of one set; made once per set, used by several threads.</summary>
public abstract class DialectCheck
{
    /// <summary>Checks one resource by itself: its shape, what its platform demands, and the dialect's rules.</summary>
    public abstract void Check(Resource resource, FindingSink sink);

    /// <summary>Makes a resource that was read after the set was prepared fit to be checked with it.</summary>
    public virtual void Adopt(Resource resource)
    {
    }

    /// <summary>The shape of a document by the texts of its topmost fields; null if nothing is known of it.</summary>
    /// <param name="head">The topmost fields that are scalars.</param>
    public abstract Shape? ShapeOf(IReadOnlyDictionary<string, string> head);

    /// <summary>Values for a topmost field, by the texts of the others (apiVersions of a kind, kinds of an apiVersion); none if it is no field that
    /// says what the document is.</summary>
    public abstract IReadOnlyList<string> HeadValues(string field, IReadOnlyDictionary<string, string> head);

    /// <summary>Names and other values from the set that fit a field; none if the field names nothing.</summary>
    /// <param name="path">The names of the fields that lead to it.</param>
    /// <param name="head">The document's topmost scalar fields.</param>
    public abstract IReadOnlyList<string> ValuesAt(IReadOnlyList<string> path, IReadOnlyDictionary<string, string> head);

    /// <summary>Keys from the set that fit a map whose keys its author chooses (labels); none if nothing is known of it.</summary>
    /// <param name="path">The names of the fields that lead to the map.</param>
    public abstract IReadOnlyList<string> KeysAt(IReadOnlyList<string> path);

    /// <summary>Whether a document in which a cursor stands is the dialect's, going by its lines; it may be broken.</summary>
    public abstract bool Owns(Cursor cursor, string text);

    /// <summary>What fits where a cursor stands.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="text">The document's text, which may be broken.</param>
    /// <param name="head">The document's topmost scalar fields.</param>
    public virtual CursorPlace Locate(Cursor cursor, string text, IReadOnlyDictionary<string, string> head)
    {
        var shape = ShapeOf(head)?.At(cursor.Path);
        if (cursor.Key is not { } key)
            return new CursorPlace(shape, KeysAt(cursor.Path));
        return new CursorPlace(shape, [.. cursor.Path.Count == 0 ? HeadValues(key, head) : [], .. ValuesAt([.. cursor.Path, key], head)]);
    }

    /// <summary>Every place of the name that stands at an offset, where it means something in its document only, its definition first; none if it
    /// does not.</summary>
    /// <param name="document">The document.</param>
    /// <param name="offset">The offset in its text.</param>
    public virtual IReadOnlyList<LocalName> LocalNamesAt(Document document, int offset) => [];

    /// <summary>The places in a resource that name others.</summary>
    public abstract IEnumerable<Reference> ReferencesOf(Resource resource);

    /// <summary>The resources that a reference means.</summary>
    public abstract IEnumerable<Resource> Find(ResourceId id);

    /// <summary>What changing a field does to the live object; null if nothing is known.</summary>
    public abstract Explanation? EffectOf(IReadOnlyDictionary<string, string> head, IReadOnlyList<string> path);

    /// <summary>Checks what only the whole set shows: resources defined twice, references to nothing.</summary>
    /// <param name="sinkOf">The sink of a resource's document.</param>
    public abstract void CheckSet(Func<Resource, FindingSink> sinkOf);
}

/// <summary>A manifest language.</summary>
public abstract class Dialect
{
    /// <summary>Its name, as in <see cref="ResourceId.Dialect"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Names of its files besides those of its languages, as <see cref="FileNamePattern"/> reads them.</summary>
    public virtual IReadOnlyList<string> FileNames => [];

    /// <summary>The versions of its schemas, in order; the last is the default.</summary>
    public abstract IReadOnlyList<string> Versions { get; }

    /// <summary>What those that a resource manages are called, when they are replaced one by one.</summary>
    public virtual string Instances => "instances";

    /// <summary>What a change does that replaces a resource, as the end of "changing this …".</summary>
    public virtual string Replacement => "replaces the resource: a new one is made, then the old one is deleted";

    /// <summary>Whether a text may hold a document of the dialect: a cheap test that may say yes too often and never no wrongly.</summary>
    public abstract bool MayHold(string path, string text);

    /// <summary>Reads a document: whose is it, and what does it define.</summary>
    public abstract DocumentReading Read(Manifest manifest, DocumentSlot slot);

    /// <summary>Makes ready to check a set of resources (custom types that the set itself defines, …).</summary>
    /// <param name="set">The dialect's resources.</param>
    /// <param name="manifests">All files that are checked together.</param>
    /// <param name="settings">The settings in force.</param>
    public abstract DialectCheck Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings);

    /// <summary>Plans the dialect's resources against a baseline.</summary>
    /// <param name="input">The manifests and the baseline.</param>
    /// <param name="notes">Where to say what could not be compared, and why.</param>
    /// <returns>Every resource with its action, in the order of the manifests; deletions last.</returns>
    public abstract IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes);

    /// <summary>What changing a field of a resource type does, for people who ask before they edit; empty if the dialect has no such type.</summary>
    /// <param name="type">The type's name as its users say it (<c>Deployment</c>, <c>deployment.apps</c>).</param>
    /// <param name="version">The platform's version, or null for the newest.</param>
    public abstract IReadOnlyList<Explanation> Explain(string type, string? version);

    /// <summary>The request by which a platform is asked what applying a manifest would store.</summary>
    /// <param name="desired">The manifest's resource.</param>
    /// <param name="live">The live object; null if there is none.</param>
    /// <param name="byServer">Whether the server lays the manifest over the object itself.</param>
    /// <returns>The request; null where the platform is asked in another way.</returns>
    public abstract ApplyRequest? RequestFor(Resource desired, Resource? live, bool byServer);

    /// <summary>A baseline as a text that can be kept and planned against later; values of secrets are keyed hashes in it.</summary>
    /// <param name="live">The baseline.</param>
    /// <param name="hashKey">The key of the hashes.</param>
    /// <param name="holdsKey">Whether the text holds the key; without it whoever plans must have it.</param>
    public abstract string Snapshot(Baseline live, byte[] hashKey, bool holdsKey);

    /// <summary>The labels by which live resources are marked as belonging together, so that what manifests define no more can be found.</summary>
    public abstract IReadOnlyList<string> OwnershipLabels { get; }
}
