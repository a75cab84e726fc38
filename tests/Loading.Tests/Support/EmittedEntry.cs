using System.Reflection;

namespace Wego.Loading.Tests;

/// <summary>An entry type to be written.</summary>
/// <param name="Name">The plugin's name.</param>
internal sealed record EmittedEntry(string Name)
{
    /// <summary>What the constructor throws, or null.</summary>
    public string? ConstructorError { get; init; }

    /// <summary>What <c>Configure</c> throws, or null.</summary>
    public string? ConfigureError { get; init; }

    /// <summary>Whether the constructor has a parameter, which no loader can give.</summary>
    public bool NeedsArgument { get; init; }

    /// <summary>A method of another assembly that tells the name, or null.</summary>
    public MethodInfo? NameFrom { get; init; }
}
