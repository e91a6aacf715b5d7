using System.Text.RegularExpressions;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests;

/// <summary>What one system only knows stands in few places, behind guards, so that the tool runs on the others. Members are held by the
/// compiler (CA1416: <c>[SupportedOSPlatform]</c>); this holds what it cannot see: paths, words of shells and system libraries.</summary>
public class PlatformInvariantTests
{
    // A file may hold these signs of one system; each entry says what keeps it from the others.
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["LinuxCalls.cs"] = "[SupportedOSPlatform(\"linux\")]",
        ["ForeignGround.cs"] = "[SupportedOSPlatform(\"linux\")]",
        ["InputFiles.cs"] = "[SupportedOSPlatform(\"linux\")]",
        ["SafeWriter.cs"] = "OperatingSystem.IsWindows()",
        ["ClientPath.cs"] = "OperatingSystem.IsWindows()",
        ["GitClient.cs"] = "OperatingSystem.IsWindows()",
    };

    private static readonly (string Name, Regex Sign)[] Signs =
    [
        ("a path of one system", new(@"""(/(proc|sys|etc|dev|usr|bin|sbin|tmp|var|run|home|opt)\b|[A-Za-z]:\\)")),
        ("a library of the system", new(@"\b(LibraryImport|DllImport)\(|NativeLibrary\.")),
        ("a mode of a file", new(@"\bUnixFileMode\.|\.[GS]etUnixFileMode\(")),
        ("a shell or a program of one system", new(@"""(sh|bash|cmd|cmd\.exe|powershell|pwsh|chmod|chown|ln|which|uname|xdg-open)""")),
        ("a list of paths, split as one system does", new(@"[sS]plit\(('[:;]'|""[:;]"").*PATH|PATH.*[sS]plit\(('[:;]'|""[:;]"")")),
        ("a line's end of one system", new(@"\\r\\n"" *\+|\+ *""\\r\\n""")),
    ];

    // What Core reads are texts that speak of images and clusters; InvariantTests keeps it from the machine as a whole.
    private static IEnumerable<string> Files =>
        ((string[])["Repave.Cli", "Repave.Environments", "Repave.LanguageServer", "Repave.Schemas"])
            .SelectMany(project => Repository.Files(Path.Combine("server", project), "*.cs"));

    [Fact]
    public void WhatOneSystemKnowsStandsInThePlacesForIt()
    {
        var found = Files.SelectMany(file => Found(file).Select(sign => $"{Path.GetFileName(file)}: {sign}"))
            .Where(found => !Allowed.ContainsKey(found.Split(':')[0])).ToList();
        Assert.True(found.Count == 0, "Put it behind a guard, and the file into the list above:\n" + string.Join('\n', found));
    }

    [Fact]
    public void EachPlaceHasASignAndItsGuard()
    {
        var files = Files.ToLookup(f => Path.GetFileName(f), StringComparer.Ordinal);
        Assert.All(Allowed, place =>
        {
            var file = Assert.Single(files[place.Key]);
            Assert.NotEmpty(Found(file));
            Assert.Contains(place.Value, File.ReadAllText(file), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("File.ReadAllText(\"/proc/self/stat\")")]
    [InlineData("Start(@\"C:\\Windows\\system32\\cmd\")")]
    [InlineData("[LibraryImport(\"libc\")]")]
    [InlineData("File.SetUnixFileMode(path, mode)")]
    [InlineData("Start(\"sh\", [\"-c\", line])")]
    [InlineData("Environment.GetEnvironmentVariable(\"PATH\").Split(':')")]
    public void SignsAreSeen(string code) => Assert.Contains(Signs, sign => sign.Sign.IsMatch(code));

    private static IEnumerable<string> Found(string file) =>
        from line in File.ReadLines(file).Select((text, index) => (Text: text.Trim(), Number: index + 1))
        where !line.Text.StartsWith("//", StringComparison.Ordinal)
        from sign in Signs
        where sign.Sign.IsMatch(line.Text)
        select $"{line.Number}: {sign.Name}: {line.Text}";
}
