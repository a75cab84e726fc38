namespace Wego.Conformance;

/// <summary>Packages of Helm, offered and installed.</summary>
public sealed class HelmServerTests() : ConformanceTests("helm-server")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("helm-server");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
