namespace Wego.Conformance;

/// <summary>Plugins, tokens and clusters.</summary>
public sealed class CorePluginsTests() : ConformanceTests("core-plugins")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("core-plugins");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
