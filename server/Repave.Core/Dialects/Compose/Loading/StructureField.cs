namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>A field of one of Compose's structures.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">Its type, as Go writes it.</param>
/// <param name="OmitsEmpty">Whether it is left out where it says nothing.</param>
internal sealed record StructureField(string Name, string Type, bool OmitsEmpty);
