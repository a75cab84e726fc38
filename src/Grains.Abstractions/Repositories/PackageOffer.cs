namespace Wego.Grains;

/// <summary>A package of a repository that an installed package may have come from.</summary>
/// <param name="Summary">The package as it is offered now.</param>
/// <param name="Likeness">How alike they are, 1 or more; the repository that offers the most alike one is the source.</param>
[GenerateSerializer, Immutable, Alias("wego.PackageOffer")]
public sealed record PackageOffer(AvailablePackageSummary Summary, int Likeness);
