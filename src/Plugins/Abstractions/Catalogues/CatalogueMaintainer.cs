namespace Wego.Plugins;

/// <summary>Somebody who maintains a package.</summary>
/// <param name="Name">The name; never empty.</param>
/// <param name="Email">The mail address, or empty.</param>
/// <param name="Url">The web page, or empty.</param>
[GenerateSerializer, Immutable, Alias("wego.CatalogueMaintainer")]
public sealed record CatalogueMaintainer(string Name, string Email = "", string Url = "");
