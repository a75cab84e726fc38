namespace Wego.Conformance;

/// <summary>Releases installed.</summary>
[Trait(Needs.Trait, Needs.Helm)]
public sealed class HelmCreateTests() : ConformanceTests("helm-create")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesWithHelmOf("helm-create");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
