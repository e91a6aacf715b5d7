using System.Globalization;
using System.Text;
using System.Xml;
using Repave.Core.Analysis;
using Repave.Core.Rules;

namespace Repave.Cli;

/// <summary>The findings as JUnit XML: a suite for each file that has any, a case for each finding. Errors and warnings
/// are failures.</summary>
internal static class JunitReport
{
    public static void Write(CheckResult result, Stream output)
    {
        using var xml = XmlWriter.Create(output,
            new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = false });
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, "repave", result.Findings);
        foreach (var file in result.Findings.GroupBy(f => f.File.Path))
        {
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, Clean(file.Key), [.. file]);
            foreach (var finding in file)
                WriteCase(xml, finding);
            xml.WriteEndElement();
        }

        if (result.Findings.Count == 0)
        {
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, $"{result.Files} files", []);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, string name, IReadOnlyList<Finding> findings)
    {
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("tests", findings.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", findings.Count(IsFailure).ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteCase(XmlWriter xml, Finding finding)
    {
        var start = finding.Range.Start;
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(finding.File.Path));
        xml.WriteAttributeString("name", $"{finding.Rule.Id} {start.Line + 1}:{start.Character + 1}");
        xml.WriteStartElement(IsFailure(finding) ? "failure" : "system-out");
        if (IsFailure(finding))
        {
            xml.WriteAttributeString("type", finding.Severity.ToString().ToLowerInvariant());
            xml.WriteAttributeString("message", Clean(finding.Message));
        }

        xml.WriteString($"{Clean(finding.File.Path)}:{start.Line + 1}:{start.Character + 1}: {Clean(finding.Message)}\n"
            + $"{finding.Rule.Reason}\n{finding.Rule.HelpLink}");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static bool IsFailure(Finding finding) => finding.Severity >= Severity.Warning;

    // XML has no way to write most control characters, nor two that are none.
    private static string Clean(string text) =>
        string.Concat(Printable.Of(text).Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
}
