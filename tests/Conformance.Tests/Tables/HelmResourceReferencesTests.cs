namespace Wego.Conformance;

/// <summary>Objects of Helm's releases.</summary>
public sealed class HelmResourceReferencesTests() : ConformanceTests("helm-resource-references")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("helm-resource-references");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
