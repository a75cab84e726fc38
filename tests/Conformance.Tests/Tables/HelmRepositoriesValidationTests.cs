namespace Wego.Conformance;

/// <summary>Repositories of Helm, tried before they are added.</summary>
public sealed class HelmRepositoriesValidationTests() : ConformanceTests("helm-repositories-validation")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("helm-repositories-validation");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
