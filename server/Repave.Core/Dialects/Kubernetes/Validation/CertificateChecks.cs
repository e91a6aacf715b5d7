using System.Text;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Requests for certificates.</summary>
internal static class CertificateChecks
{
    private const string Head = "-----BEGIN CERTIFICATE REQUEST-----";

    public static void Check(ServerCheck check, Field root)
    {
        var request = root["spec"]["request"];
        if (request.IsEmpty)
            check.Require(request);
        else if (request.Text is { } block && JsonFormats.IsBase64(block) && !IsRequest(block))
            check.Refuse(request, $"'{request.Path}' must be a PEM block of the type CERTIFICATE REQUEST, in base64.");
        var usages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var usage in root["spec"]["usages"].Items)
        {
            if (usage.Text is { Length: > 0 } text && !usages.Add(text))
                check.Refuse(usage, $"Duplicate usage \"{text}\".");
        }

        var signer = root["spec"]["signerName"];
        check.Malformed(signer, text => text.IndexOf('/') is var slash and > 0 && slash < text.Length - 1
            && text.Substring(0, slash).Contains('.') && KubernetesFormats.DnsSubdomain(text.Substring(0, slash)) is null
                ? null
                : "it must be a domain, '/' and a name, such as example.com/signer");
    }

    private static bool IsRequest(string text)
    {
        try
        {
            return Encoding.ASCII.GetString(Convert.FromBase64String(text)).Contains(Head);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
