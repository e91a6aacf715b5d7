using Repave.Core.Model;
using Repave.Core.Shapes;

namespace Repave.Core.Rules;

/// <summary>Finds the JSON Schema that a text names.</summary>
public interface ISchemaSource
{
    /// <summary>The shape of a schema file, or null with the reason why it cannot be used.</summary>
    /// <param name="reference">What the text or the settings say: a path.</param>
    /// <param name="manifest">The manifest that names it; null if the settings do.</param>
    /// <param name="reason">Why there is none.</param>
    Shape? Load(string reference, Manifest? manifest, out string reason);
}
