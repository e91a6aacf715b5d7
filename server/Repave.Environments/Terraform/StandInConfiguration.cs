using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Environments.Terraform;

/// <summary>
/// A configuration for a provider that is asked about plans and nothing else: made-up words where it wants a login, no checks of them, and
/// a proxy that is not there, so that whatever it tries to reach it does not.
/// </summary>
internal static class StandInConfiguration
{
    private const string NoProxy = "http://127.0.0.1:9";

    public static object Of(PackBody body)
    {
        var config = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in body.Members)
        {
            config[member.Name] = member switch
            {
                { Type: "bool" } when member.Name.StartsWith("skip_", StringComparison.Ordinal) => true,
                { Name: "region", Type: "string" } => "us-east-1",
                { Name: "access_key" or "secret_key" or "token", Type: "string" } => "none",
                { Name: "http_proxy" or "https_proxy", Type: "string" } => NoProxy,
                { Name: "max_retries", Type: "number" } => 1L,
                { Type: "block-list" or "block-set" } => new List<object?>(),
                _ => null,
            };
        }

        return config;
    }
}
