namespace Wego.Conformance;

/// <summary>Catalogues read from repositories of Helm.</summary>
public sealed class HelmCatalogueRefreshTests() : ConformanceTests("helm-catalogue-refresh")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("helm-catalogue-refresh");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
