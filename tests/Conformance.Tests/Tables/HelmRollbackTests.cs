namespace Wego.Conformance;

/// <summary>Releases rolled back.</summary>
[Trait(Needs.Trait, Needs.Helm)]
public sealed class HelmRollbackTests() : ConformanceTests("helm-rollback")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesWithHelmOf("helm-rollback");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
