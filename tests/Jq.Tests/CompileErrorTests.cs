namespace Wego.Jq.Tests;

public sealed class CompileErrorTests
{
    public static TheoryData<string, string> Cases { get; } =
        [.. File.ReadLines(Path.Combine(TestPaths.Root, "tests", "Jq.Tests", "Golden", "compile-errors.txt")).Skip(1).Chunk(2).Select(pair => (pair[0], pair[1]))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Error_says_where_and_what_was_expected(string program, string expected) =>
        Should.Throw<JqCompileException>(() => JqProgram.Compile(program)).Message.ShouldBe(expected);

    [Fact]
    public void Error_counts_lines_and_columns()
    {
        var error = Should.Throw<JqCompileException>(() => JqProgram.Compile(".name |\n  # a comment\n  tset(\"x\")"));
        (error.Line, error.Column, error.Problem).ShouldBe((3, 3, "there is no function tset"));
    }
}
