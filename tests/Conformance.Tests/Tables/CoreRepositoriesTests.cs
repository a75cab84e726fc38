namespace Wego.Conformance;

/// <summary>Repositories over all plugins.</summary>
public sealed class CoreRepositoriesTests() : ConformanceTests("core-repositories")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("core-repositories");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
