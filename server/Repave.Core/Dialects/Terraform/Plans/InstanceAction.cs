namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What Terraform does to an instance.</summary>
internal enum InstanceAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is made.</summary>
    Create,

    /// <summary>It is changed.</summary>
    Update,

    /// <summary>It is created again.</summary>
    Replace,

    /// <summary>It was there before and is taken into the state.</summary>
    Import,

    /// <summary>A data source that is read while the plan is made.</summary>
    Read,

    /// <summary>A data source that is read only when others are applied.</summary>
    ReadLater,

    /// <summary>Nobody knows.</summary>
    Unknown,
}
