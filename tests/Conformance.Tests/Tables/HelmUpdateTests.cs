namespace Wego.Conformance;

/// <summary>Releases upgraded.</summary>
[Trait(Needs.Trait, Needs.Helm)]
public sealed class HelmUpdateTests() : ConformanceTests("helm-update")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesWithHelmOf("helm-update");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
