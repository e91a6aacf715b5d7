using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>An extension is put on a running Azure virtual machine.</summary>
public sealed class ExtensionInstalled : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3403";

    /// <inheritdoc/>
    public override string Title => "Extension put on a running virtual machine";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "An extension runs scripts or installs agents on a machine that is running, in whatever state that is. "
        + "Put what it does into the image, or into the model of the scale set.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://learn.microsoft.com/azure/virtual-machines/extensions/overview"];

    /// <inheritdoc/>
    public override string Library => "Azure.ResourceManager.Compute 1.2.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Azure.ResourceManager.Compute.VirtualMachineExtensionCollection"];

    /// <inheritdoc/>
    public override string Bad => """
        using Azure;
        using Azure.ResourceManager.Compute;
        using Azure.ResourceManager.Compute.Models;

        class Example
        {
            async Task Run(VirtualMachineResource machine, VirtualMachineExtensionData data)
            {
                await machine.GetVirtualMachineExtensions().CreateOrUpdateAsync(WaitUntil.Completed, "setup", data);
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Azure;
        using Azure.ResourceManager.Compute;
        using Azure.ResourceManager.Compute.Models;

        class Example
        {
            async Task Run(VirtualMachineResource machine)
            {
                await machine.GetVirtualMachineExtensions().ExistsAsync("setup");
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["CreateOrUpdate"];

    internal override string? Judge(IInvocationOperation call) =>
        "This changes a running machine: put what the extension does into the image, or into the model that machines are made from.";
}
