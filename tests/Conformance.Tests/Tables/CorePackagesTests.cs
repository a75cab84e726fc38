namespace Wego.Conformance;

/// <summary>Packages over all plugins.</summary>
public sealed class CorePackagesTests() : ConformanceTests("core-packages")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("core-packages");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
