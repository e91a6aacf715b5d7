using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A database is changed outside its maintenance window.</summary>
public sealed class DatabaseChangedAtOnce : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3106";

    /// <inheritdoc/>
    public override string Title => "Database changed at once";

    /// <inheritdoc/>
    public override bool HasFix => true;

    /// <inheritdoc/>
    public override string Reason =>
        "A change that is applied immediately may restart the database in the middle of the day. "
        + "Leave it to the maintenance window, or make the change as a blue/green deployment.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html"];

    /// <inheritdoc/>
    public override string Library => "AWSSDK.RDS 4.0 (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.RDS.Model.ModifyDBInstanceRequest", "Amazon.RDS.Model.ModifyDBClusterRequest"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.RDS;
        using Amazon.RDS.Model;

        class Example
        {
            async Task Run(IAmazonRDS rds)
            {
                await rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = "shop", ApplyImmediately = true });
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.RDS;
        using Amazon.RDS.Model;

        class Example
        {
            async Task Run(IAmazonRDS rds)
            {
                await rds.ModifyDBInstanceAsync(new ModifyDBInstanceRequest { DBInstanceIdentifier = "shop", ApplyImmediately = false });
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Amazon.RDS
        {
            public interface IAmazonRDS
            {
                Task<object> ModifyDBInstanceAsync(Model.ModifyDBInstanceRequest request, CancellationToken token = default);
            }
        }

        namespace Amazon.RDS.Model
        {
            public class ModifyDBInstanceRequest { public string? DBInstanceIdentifier { get; set; } public bool? ApplyImmediately { get; set; } }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["ApplyImmediately"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        value.Flag() == true
            ? ("This changes the database at once, with a restart if the change needs one: leave it to the maintenance window, "
                + "or use a blue/green deployment.", CSharpFix.Replace("false"))
            : null;
}
