using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A command is run on a running Azure virtual machine.</summary>
public sealed class CommandOnVirtualMachine : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3401";

    /// <inheritdoc/>
    public override string Title => "Command run on a running virtual machine";

    /// <inheritdoc/>
    public override string Reason =>
        "What a command changes on a virtual machine is in no image, and the machine that replaces it does not have it. "
        + "Put it into the image, and replace the machine.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://learn.microsoft.com/azure/virtual-machines/run-command-overview"];

    /// <inheritdoc/>
    public override string Library => "Azure.ResourceManager.Compute 1.2.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        ["Azure.ResourceManager.Compute.VirtualMachineResource", "Azure.ResourceManager.Compute.VirtualMachineScaleSetVmResource",
            "Azure.ResourceManager.Compute.VirtualMachineRunCommandCollection",
            "Azure.ResourceManager.Compute.VirtualMachineScaleSetVmRunCommandCollection"];

    /// <inheritdoc/>
    public override string Bad => """
        using Azure;
        using Azure.ResourceManager.Compute;
        using Azure.ResourceManager.Compute.Models;

        class Example
        {
            async Task Run(VirtualMachineResource machine)
            {
                await machine.RunCommandAsync(WaitUntil.Completed, new RunCommandInput("RunShellScript"));
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
                await machine.ReimageAsync(WaitUntil.Completed);
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["RunCommand", "CreateOrUpdate"];

    internal override string? Judge(IInvocationOperation call) =>
        "This changes a running machine, and its replacement will not have the change: put it into the image, and replace the machine.";
}
