namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>What a part of a configuration declares.</summary>
public enum TerraformKind
{
    /// <summary>A resource.</summary>
    Resource,

    /// <summary>A data source.</summary>
    Data,

    /// <summary>An ephemeral resource.</summary>
    Ephemeral,

    /// <summary>A call of a module.</summary>
    Module,

    /// <summary>A variable.</summary>
    Variable,

    /// <summary>An output.</summary>
    Output,

    /// <summary>One local value.</summary>
    Local,

    /// <summary>A provider's configuration.</summary>
    Provider,

    /// <summary>Settings: versions, providers, a backend.</summary>
    Terraform,

    /// <summary>That something has another address now.</summary>
    Moved,

    /// <summary>That something that exists is taken over.</summary>
    Import,

    /// <summary>That something is no longer managed.</summary>
    Removed,

    /// <summary>A check.</summary>
    Check,

    /// <summary>The value of a variable, in a file of values.</summary>
    Assignment,

    /// <summary>A run of a test.</summary>
    Run,

    /// <summary>A provider's version that was chosen, in a lock file.</summary>
    Lock,

    /// <summary>Anything else.</summary>
    Other,
}
