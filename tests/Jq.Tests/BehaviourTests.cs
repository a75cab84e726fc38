using System.Text.Json;

namespace Wego.Jq.Tests;

/// <summary>The behaviour table in <c>Golden/*.cases</c>.</summary>
public sealed class BehaviourTests
{
    public static TheoryData<string, string, string[]> Cases { get; } = [.. JqCase.All().Select(c => (c.Program, c.Input, c.Results.ToArray()))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Program_yields_what_is_expected(string program, string input, string[] expected)
    {
        using var document = JsonDocument.Parse(input);
        var actual = new List<string>();
        try
        {
            actual.AddRange(JqProgram.Compile(program).Evaluate(document.RootElement, TestContext.Current.CancellationToken).Select(v => v.ToString()));
        }
        catch (JqRuntimeException)
        {
            actual.Add("!");
        }

        actual.ShouldBe(expected);
    }
}
