namespace Wego.Plugins;

/// <summary>
/// An expected failure with a precise code. The message names the field or object and the remedy and reaches the caller
/// as it is, so it must never contain a credential.
/// </summary>
[GenerateSerializer, Alias("wego.PackageException")]
public sealed class PackageException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PackageException(PackageErrorCode code, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
    }

    /// <summary>What went wrong.</summary>
    [Id(0)]
    public PackageErrorCode Code { get; }

    /// <summary>How long the remote side asked to wait before it is tried again, or null.</summary>
    [Id(1)]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A field of the request is wrong.</summary>
    /// <param name="field">The field's path in the request, for example <c>available_package_ref.identifier</c>.</param>
    /// <param name="problem">What is wrong and what would be right.</param>
    public static PackageException InvalidField(string field, string problem) => new(PackageErrorCode.InvalidArgument, $"{field}: {problem}");
}
