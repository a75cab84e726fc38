namespace Wego.Plugins;

/// <summary>Names a package of a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Package">The package's name within it, not escaped.</param>
[GenerateSerializer, Immutable, Alias("wego.AvailablePackageRef")]
public sealed record AvailablePackageRef(RepositoryRef Repository, string Package)
{
    /// <summary>The identifier on the wire: <c>repository/package</c>, with the package percent-encoded.</summary>
    public string Identifier => $"{Repository.Name}/{Uri.EscapeDataString(Package)}";
}
