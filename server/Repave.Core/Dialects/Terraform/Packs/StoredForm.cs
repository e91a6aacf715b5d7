namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>How a provider keeps a value in the state, beside the value that is written.</summary>
public enum StoredForm
{
    /// <summary>As it is written.</summary>
    AsWritten,

    /// <summary>As the hash of what is written (<c>user_data</c> of <c>aws_instance</c>).</summary>
    Hash,

    /// <summary>As JSON that means the same, whatever its spaces and the order of its keys.</summary>
    Json,

    /// <summary>Upper and lower case say the same.</summary>
    IgnoringCase,
}
