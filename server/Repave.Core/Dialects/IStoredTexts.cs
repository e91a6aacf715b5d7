using Repave.Core.Plans;

namespace Repave.Core.Dialects;

/// <summary>A dialect whose platform stores resources in another form than that in which they are sent.</summary>
public interface IStoredTexts
{
    /// <summary>The resource of a change as the platform stores it before and after, for people to read side by side, without secrets;
    /// empty where there is none.</summary>
    (string Before, string After) StoredTextsOf(ResourceChange change);
}
