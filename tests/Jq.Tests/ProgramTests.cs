using System.Text.Json;

namespace Wego.Jq.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("$wanted")]
    [InlineData("wanted")]
    public void Variables_are_strings_whether_or_not_their_names_have_the_dollar_sign(string name)
    {
        var program = JqProgram.Compile(".name == $wanted", new Dictionary<string, string> { [name] = "wordpress" });
        Boolean(program, """{"name":"wordpress"}""").ShouldBeTrue();
        Boolean(program, """{"name":"nginx"}""").ShouldBeFalse();
    }

    [Fact]
    public void Variables_are_never_part_of_the_program()
    {
        var program = JqProgram.Compile("$x", new Dictionary<string, string> { ["x"] = "\" or true or \"" });
        Values(program, "null").ShouldBe([JqValue.Of("\" or true or \"")]);
    }

    [Theory]
    [InlineData(".name", "the program has to yield true or false, not the string \"nginx\"")]
    [InlineData(".version", "the program has to yield true or false, not null")]
    [InlineData("empty", "the program has to yield true or false, but yields nothing")]
    [InlineData(".name.x == 1", "the string \"nginx\" has nothing under the string \"x\"")]
    [InlineData("error(\"no\")", "no")]
    [InlineData("error({\"a\":1})", "{\"a\":1}")]
    public void A_filter_has_to_yield_a_boolean(string program, string message) =>
        Should.Throw<JqRuntimeException>(() => Boolean(JqProgram.Compile(program), """{"name":"nginx"}""")).Message.ShouldBe(message);

    [Fact]
    public void The_first_boolean_counts() => Boolean(JqProgram.Compile(".[] == 1"), "[1,2]").ShouldBeTrue();

    [Fact]
    public void One_program_serves_many_threads()
    {
        var program = JqProgram.Compile(".name | test(\"^n(?<rest>.*)\") and ([range(100)] | add == 4950)");
        using var document = JsonDocument.Parse("""{"name":"nginx"}""");
        Parallel.For(0, 200, _ => program.EvaluateBoolean(document.RootElement, TestContext.Current.CancellationToken).ShouldBeTrue());
    }

    [Fact]
    public void A_text_that_is_no_Unicode_fails_the_evaluation() =>
        Should.Throw<JqRuntimeException>(() => Boolean(JqProgram.Compile(".a == 1"), """{"a":"\ud800"}""")).Message.ShouldBe("the input has a string that is no valid Unicode");

    private static bool Boolean(JqProgram program, string input)
    {
        using var document = JsonDocument.Parse(input);
        return program.EvaluateBoolean(document.RootElement, TestContext.Current.CancellationToken);
    }

    private static JqValue[] Values(JqProgram program, string input)
    {
        using var document = JsonDocument.Parse(input);
        return [.. program.Evaluate(document.RootElement, TestContext.Current.CancellationToken)];
    }
}
