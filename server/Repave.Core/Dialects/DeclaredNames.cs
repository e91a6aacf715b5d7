using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects;

/// <summary>What files in HCL declare and use by name, for sets whose resources these are.</summary>
internal static class DeclaredNames
{
    /// <summary>The resources of a document. A file that an editor has just opened is the one that was read from disk, as another
    /// object.</summary>
    public static IEnumerable<Resource> In(ResourceSet set, Document document) => document is not HclDocument ? []
        : set.All.Where(resource => resource.Slot.Document == document || resource.Slot.Document.Text == document.Text);

    /// <summary>The names that a type of declaration has in a folder, to be offered.</summary>
    public static IReadOnlyList<PlaceCompletion> Offered(ResourceSet set, string type, string? folder) =>
        [.. set.All.Where(r => r.Id.Type == type && r.Id.Namespace == folder && r.Id.Name.Length > 0)
            .Select(static r => r.Id.Name).Distinct().OrderBy(static name => name, StringComparer.Ordinal)
            .Select(static name => new PlaceCompletion(name, null, name))];
}
