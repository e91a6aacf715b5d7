using Repave.Core.Plans;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>Why an instance changes.</summary>
/// <param name="Change">What changes.</param>
/// <param name="Effect">What that does.</param>
/// <param name="Certainty">How sure that is.</param>
/// <param name="Why">The provider's rule, in words.</param>
/// <param name="Tracker">What the value looks at.</param>
internal sealed record InstanceReason(ChangedValue Change, Effect Effect, Certainty Certainty, string Why, Tracker Tracker);
