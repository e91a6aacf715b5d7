using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>A text edit in a file.</summary>
/// <param name="Manifest">The file.</param>
/// <param name="Edit">The edit, in offsets of the file's text.</param>
public readonly record struct FileEdit(Manifest Manifest, TextEdit Edit);

/// <summary>Text edits that together mend a finding and change nothing else. All of them are made or none.</summary>
/// <param name="Title">What they do, as an editor's menu says it.</param>
/// <param name="Edits">The edits; they do not overlap.</param>
public sealed record Fix(string Title, IReadOnlyList<FileEdit> Edits);
