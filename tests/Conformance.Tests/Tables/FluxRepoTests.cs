namespace Wego.Conformance;

/// <summary>Flux: repositories and their catalogues.</summary>
public sealed class FluxRepoTests() : ConformanceTests("flux-repo")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("flux-repo");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
