namespace Wego.Plugins.Secrets;

/// <summary>How a Secret is to be called.</summary>
/// <param name="Text">The name, or how it begins.</param>
/// <param name="IsPrefix">Whether the API server is to complete the name.</param>
public readonly record struct SecretName(string Text, bool IsPrefix)
{
    /// <summary>This very name.</summary>
    public static SecretName Exact(string name) => new(name, IsPrefix: false);

    /// <summary>A name that the API server makes up, beginning like this.</summary>
    public static SecretName Generated(string prefix) => new(prefix, IsPrefix: true);
}
