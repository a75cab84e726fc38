namespace Wego.Helm.Tests.Repositories;

/// <summary>Runs the cases below <c>Golden</c>: the folder of a topic is named after the operation, see <see cref="RepositoryScenario"/>.</summary>
public sealed class RepositoryGoldenTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases { get; } =
        from topic in (string[])["repository", "add", "change", "remove"]
        from name in RepositoryCase.Of(topic)
        select new TheoryDataRow<string, string>(topic, name);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_gives_what_is_expected(string topic, string name)
    {
        var golden = new RepositoryCase(topic, name);
        using var scenario = new RepositoryScenario(golden.Read());
        golden.Check(await scenario.RunAsync(topic, TestContext.Current.CancellationToken));
    }
}
