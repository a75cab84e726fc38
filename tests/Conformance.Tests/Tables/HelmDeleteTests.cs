namespace Wego.Conformance;

/// <summary>Releases uninstalled.</summary>
[Trait(Needs.Trait, Needs.Helm)]
public sealed class HelmDeleteTests() : ConformanceTests("helm-delete")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesWithHelmOf("helm-delete");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
