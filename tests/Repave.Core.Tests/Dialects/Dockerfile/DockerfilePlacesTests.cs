using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Tests.Dialects.Dockerfile;

/// <summary>What editors ask of a place in a Dockerfile; <c>|</c> is the cursor.</summary>
public class DockerfilePlacesTests
{
    private const string Start = "ARG VERSION=3.20\nFROM alpine:${VERSION} AS build\nARG VERSION\nENV HOME=/app TOKEN=abc\n";

    [Theory]
    [InlineData("|FROM alpine:3.20\n", "**FROM** Begins a stage")]
    [InlineData(Start + "COPY . $HO|ME\n", "**HOME**: `/app` (ENV in line 4).")]
    [InlineData(Start + "COPY . $TOK|EN\n", "**TOKEN**: (ENV in line 4).")]
    [InlineData(Start + "COPY . $VERS|ION\n", "**VERSION**: `3.20` unless the build is given another (ARG in line 3).")]
    [InlineData(Start + "FROM alpine:$VERSI|ON\n", "**VERSION**: `3.20` unless the build is given another (ARG in line 1).")]
    [InlineData(Start + "COPY . $NOT|HING\n", "**NOTHING**: set by nothing in this file.")]
    [InlineData(Start + "FROM scratch\nCOPY --from=bu|ild a b\n", "**Stage build** (line 2), built upon `alpine:3.20`.")]
    [InlineData(Start + "FROM buil|d\n", "**Stage build** (line 2), built upon `alpine:3.20`.")]
    [InlineData(Start + "COPY --lin|k a b\n", "**--link**: as a layer of its own")]
    [InlineData(Start + "ONBUILD RU|N a\n", "**RUN** Runs a command")]
    [InlineData(Start + "RUN ec|ho\n", null)]
    public void HoversSayWhatStandsThere(string marked, string? text)
    {
        var (places, document, offset) = At(marked);
        var found = places.DescribeAt(document, offset);
        if (text is null)
            Assert.Null(found);
        else
            Assert.StartsWith(text, found!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FROM a AS b\nCO|", "COPY", "COPY ")]
    [InlineData("|", "FROM", "FROM ")]
    [InlineData("FROM a AS b\nCOPY --fr|", "--from", "--from=")]
    [InlineData("FROM a AS b\nCOPY --li| x y", "--link", "--link")]
    [InlineData("FROM a AS b\nFROM c\nCOPY --from=|", "b", "b")]
    [InlineData("FROM a AS b\nFROM |", "b", "b")]
    [InlineData("FROM a AS b\nFROM c\nRUN --mount=type=bind,from=|", "b", "b")]
    [InlineData("FROM a AS b\nRUN --mount=type=|", "cache", "cache")]
    [InlineData("FROM a AS b\nENV HOME=/a\nCOPY . $|", "HOME", "HOME")]
    [InlineData("FROM a AS b\nENV HOME=/a\nCOPY . ${HO|}", "HOME", "HOME")]
    [InlineData("ARG X=1\nFROM a:$|", "X", "X")]
    [InlineData("FROM a AS b\nONBUILD |", "RUN", "RUN ")]
    [InlineData("FROM a AS b\nHEALTHCHECK |", "NONE", "NONE")]
    public void CompletionsFitThere(string marked, string label, string text)
    {
        var (places, document, offset) = At(marked);
        var (word, items) = places.CompleteAt(document, offset);
        Assert.True(word.Start <= offset && word.End == offset);
        Assert.Contains(items, i => i.Label == label && i.Text == text);
    }

    [Theory]
    [InlineData("FROM a AS b\nRUN ec|ho")]
    [InlineData("FROM a AS b\nCOPY a |")]
    public void NothingIsOfferedWhereAnythingCanStand(string marked)
    {
        var (places, document, offset) = At(marked);
        Assert.Empty(places.CompleteAt(document, offset).Items);
    }

    [Theory]
    [InlineData("FROM a AS ‹ba|se›\nFROM ‹base›\nCOPY --from=‹base› a b\nRUN --mount=type=bind,from=‹base›,target=/x true\n")]
    [InlineData("ARG ‹VERSI|ON›=1\nFROM a:${‹VERSION›}\nARG ‹VERSION›\nFROM b:$‹VERSION›\n")]
    [InlineData("FROM a\nENV ‹HO|ME›=/a\nCOPY $‹HOME› ${‹HOME›:-x}/\nENV HOME=/b\nCOPY . $HOME\n")]
    [InlineData("FROM a AS one\nENV ‹HOME› /a\nFROM one\nWORKDIR $‹HO|ME›\n")]
    public void NamesAreFoundWhereverTheyStand(string marked)
    {
        var plain = marked.Replace("‹", "", StringComparison.Ordinal).Replace("›", "", StringComparison.Ordinal);
        var cursor = plain.IndexOf('|', StringComparison.Ordinal);
        var text = plain.Remove(cursor, 1);
        var wanted = new List<int>();
        var clean = marked.Replace("|", "", StringComparison.Ordinal).Replace("›", "", StringComparison.Ordinal);
        for (var at = clean.IndexOf('‹', StringComparison.Ordinal); at >= 0; at = clean.IndexOf('‹', at + 1))
            wanted.Add(at - wanted.Count);
        var (places, document, offset) = At(text.Insert(cursor, "|"));
        var found = ((INames)places).LocalNamesAt(document, offset);
        Assert.Equal(wanted, found.Select(n => n.Span.Start).Order());
        Assert.True(found[0].IsDefinition);
        Assert.Equal(wanted[0], found[0].Span.Start);
    }

    private static (IPlaces Places, Document Document, int Offset) At(string marked)
    {
        var offset = marked.IndexOf('|', StringComparison.Ordinal);
        var manifest = Manifest.Parse("Dockerfile", marked.Remove(offset, 1));
        var analysis = ManifestAnalysis.Of([manifest], new AnalysisOptions(Settings.Default));
        return ((IPlaces)analysis.Of("dockerfile"), manifest.Source.Documents[0].Document, offset);
    }
}
