namespace Wego.Conformance;

/// <summary>Charts and versions that there are or are not.</summary>
public sealed class HelmCatalogueDatabaseTests() : ConformanceTests("helm-catalogue-database")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("helm-catalogue-database");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
