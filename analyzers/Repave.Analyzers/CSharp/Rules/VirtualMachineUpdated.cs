using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A running Azure virtual machine is updated as a resource.</summary>
public sealed class VirtualMachineUpdated : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3402";

    /// <inheritdoc/>
    public override string Title => "Virtual machine changed in place";

    /// <inheritdoc/>
    public override string Reason =>
        "A virtual machine that is updated differs from the template that it was deployed from, "
        + "and its replacement will not have the change. "
        + "Change the template, and replace the machine.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://learn.microsoft.com/dotnet/api/azure.resourcemanager.compute.virtualmachineresource.update"];

    /// <inheritdoc/>
    public override string Library => "Azure.ResourceManager.Compute 1.2.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        ["Azure.ResourceManager.Compute.VirtualMachineResource", "Azure.ResourceManager.Compute.VirtualMachineScaleSetVmResource",
            "Azure.ResourceManager.Compute.VirtualMachineScaleSetResource"];

    /// <inheritdoc/>
    public override string Bad => """
        using Azure;
        using Azure.ResourceManager.Compute;
        using Azure.ResourceManager.Compute.Models;

        class Example
        {
            async Task Run(VirtualMachineResource machine)
            {
                await machine.UpdateAsync(WaitUntil.Completed, new VirtualMachinePatch());
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
                await machine.DeleteAsync(WaitUntil.Completed);
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["Update", "UpdateInstances", "Restart", "InstallPatches"];

    internal override string? Judge(IInvocationOperation call) =>
        "This changes a virtual machine in place: change the template that it comes from, and replace it.";
}
