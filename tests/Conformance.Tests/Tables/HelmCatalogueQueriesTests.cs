namespace Wego.Conformance;

/// <summary>What catalogues of Helm are searched for.</summary>
public sealed class HelmCatalogueQueriesTests() : ConformanceTests("helm-catalogue-queries")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("helm-catalogue-queries");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
