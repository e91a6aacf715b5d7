namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>How many instances a block makes.</summary>
internal enum RepetitionKind
{
    /// <summary>One, without a key.</summary>
    Single,

    /// <summary>As many as <c>count</c> says.</summary>
    Count,

    /// <summary>One for each of <c>for_each</c>.</summary>
    Each,

    /// <summary>Nobody knows before it is applied.</summary>
    Unknown,
}
