namespace Wego.Carvel.Tests;

/// <summary>Runs the cases below <c>Golden</c>: the folder of a topic is named after the operation, see <see cref="CarvelScenario"/>.</summary>
public sealed class GoldenTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases { get; } =
        from topic in (string[])["catalogue", "available", "installed", "detail", "resources", "create", "update", "delete", "repository", "add", "change", "remove"]
        from row in GoldenCase.Of(topic)
        select new TheoryDataRow<string, string>(topic, row.Data);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_gives_what_is_expected(string topic, string name)
    {
        var golden = new GoldenCase(topic, name);
        using var scenario = new CarvelScenario(golden.Read());
        golden.Check(await scenario.RunAsync(topic, TestContext.Current.CancellationToken));
    }
}
