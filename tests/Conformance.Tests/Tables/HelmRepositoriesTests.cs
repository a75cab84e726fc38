namespace Wego.Conformance;

/// <summary>Repositories of Helm.</summary>
public sealed class HelmRepositoriesTests() : ConformanceTests("helm-repositories")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("helm-repositories");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
