using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Wego.Jq.Tests;

/// <summary>No program and no input takes more than the limits allow, or ends the process.</summary>
public sealed class LimitTests
{
    private static readonly string[] Words =
    [
        ".", "..", ".a", ".[]", ".[0]", "[", "]", "(", ")", "{", "}", "|", ",", ":", ";", "?", "//", "==", "<", "+", "-", "*", "/", "%", "and", "or", "not",
        "if", "then", "elif", "else", "end", "try", "catch", "reduce", "foreach", "as", "$x", "[$x]", "def f:", "f", "f(.)", "1", "0", "\"s\"", "\"\\(1)\"",
        "null", "empty", "error", "map(", "select(", "any", "keys", "add", "recurse", "range(3)", "sort", "length", "tostring", "test(\"a\")", "#", "\n",
    ];

    [Theory]
    [InlineData("[range(1e12)]")]
    [InlineData("range(1;2;0)")]
    [InlineData("last(recurse(.))")]
    [InlineData("until(false; .)")]
    [InlineData("[limit(1e9; recurse(.))] | length")]
    [InlineData("\"x\" * 1e9")]
    [InlineData("\"x\" * 1e300")]
    [InlineData("reduce range(100) as $i (\"x\"; . + .)")]
    [InlineData("reduce range(100) as $i ([1]; . + .)")]
    [InlineData("reduce range(100) as $i (1; [., .]) | tojson")]
    [InlineData("reduce range(100) as $i (1; [., .]) | . == .")]
    [InlineData("reduce range(100) as $i (1; [., .]) | flatten")]
    [InlineData("reduce range(100) as $i (1; {a: ., b: .}) | [..]")]
    [InlineData("[range(100000)] | [.[] as $x | .[] | select(. == $x)]")]
    [InlineData("[range(5000)] as $a | $a | map(. as $x | $a - [$x])")]
    [InlineData("def f: 1 + f; f")]
    [InlineData("def f: f; f")]
    [InlineData("def f(g): f(g | g); f(.)")]
    [InlineData("def f(g; $n): if $n == 0 then g else f(g | g; $n - 1) end; f(. + 1; 60)")]
    [InlineData("reduce range(100000) as $i (1; [.])")]
    [InlineData("reduce range(100000) as $i (1; {a: .})")]
    [InlineData("try (def f: f; f) catch true")]
    [InlineData("[range(1000000)] | map(tostring) | join(\",\")")]
    public void Evaluation_ends_at_the_limit(string program)
    {
        using var document = JsonDocument.Parse("1");
        var compiled = JqProgram.Compile(program);
        Should.Throw<JqLimitException>(() => compiled.Evaluate(document.RootElement, TestContext.Current.CancellationToken).Count());
    }

    [Fact]
    public void Cancellation_is_heard()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        using var document = JsonDocument.Parse("1");
        Should.Throw<OperationCanceledException>(() => JqProgram.Compile("[range(1e12)]").Evaluate(document.RootElement, cancelled.Token).Count());
    }

    [Theory]
    [InlineData("(", ".", ")")]
    [InlineData("[", "1", "]")]
    [InlineData("{a:", "1", "}")]
    [InlineData("try ", "1", "")]
    [InlineData("1 // ", "1", "")]
    [InlineData(". | ", "1", "")]
    [InlineData("reduce ", "1", "")]
    [InlineData("if 1 then 1 elif 1 then 1 el", "1", "")]
    [InlineData("def f: ", "1", "; f")]
    [InlineData("1 as [", "$x", "] | 1")]
    [InlineData("\"\\(", "1", ")\"")]
    [InlineData("map(", ".", ")")]
    [InlineData(".[", "0", "]")]
    public void Deep_nesting_is_refused(string before, string middle, string after)
    {
        var deep = string.Concat(Enumerable.Repeat(before, 5_000)) + middle + string.Concat(Enumerable.Repeat(after, 5_000));
        Should.Throw<JqCompileException>(() => JqProgram.Compile(deep, limits: new JqLimits { MaxProgramLength = int.MaxValue }));
    }

    [Theory]
    [InlineData("+ 1")]
    [InlineData(", 1")]
    [InlineData("?")]
    [InlineData("[0]?")]
    [InlineData("and true")]
    public void Long_chains_end_in_a_value_or_at_the_limit(string link)
    {
        using var document = JsonDocument.Parse("1");
        var program = JqProgram.Compile("1 " + string.Concat(Enumerable.Repeat(link + " ", 7_000)));
        try
        {
            program.Evaluate(document.RootElement, TestContext.Current.CancellationToken).Count().ShouldBeGreaterThanOrEqualTo(0);
        }
        catch (JqLimitException e)
        {
            e.Message.ShouldContain("deep");
        }
    }

    [Fact]
    public void A_long_program_is_refused() =>
        Should.Throw<JqCompileException>(() => JqProgram.Compile(new string(' ', 65 * 1024))).Problem.ShouldBe("the program has 66560 characters; 65536 are allowed");

    [Fact]
    public void Deep_input_is_read()
    {
        using var document = JsonDocument.Parse(new string('[', 60) + new string(']', 60));
        JqProgram.Compile("[..] | length").Evaluate(document.RootElement, TestContext.Current.CancellationToken).ShouldBe([JqValue.Of(60)]);
    }

    [Fact]
    public void Regular_expressions_take_time_linear_in_their_input()
    {
        using var document = JsonDocument.Parse($"\"{new string('a', 20_000)}\"");
        JqProgram.Compile("test(\"^(a|a)*(a+)+$x\")").EvaluateBoolean(document.RootElement, TestContext.Current.CancellationToken).ShouldBeFalse();
    }

    [Fact]
    public void Any_sequence_of_words_compiles_or_is_refused_with_a_position()
    {
        using var document = JsonDocument.Parse("""{"a":[1,{"a":null},"x"],"b":2}""");
        var limits = new JqLimits { MaxSteps = 20_000 };
        Prop.ForAll(Gen.Elements(Words).ListOf().ToArbitrary(), words =>
        {
            var text = string.Join(' ', words);
            try
            {
                _ = JqProgram.Compile(text, limits: limits).Evaluate(document.RootElement).Count();
            }
            catch (JqCompileException e)
            {
                e.Line.ShouldBeGreaterThan(0);
                e.Column.ShouldBeGreaterThan(0);
            }
            catch (JqException)
            {
                // It failed, or came to the limit.
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(25));
    }

    [Fact]
    public void Any_regular_expression_is_compiled_or_refused()
    {
        var parts = Gen.Elements("a", "b", ".", "*", "+", "?", "(", ")", "(?:", "(?i)", "(?<n>", "[", "[^", "]", "|", "^", "$", "{2}", "{,3}", "{1001}", "\\d", "\\W", "\\", "\\Q", "\\E", "\\pL", "\\p{", "\\x4", "[[:alpha:]]", "#", " ", "😀");
        Prop.ForAll(parts.ListOf().ToArbitrary(), words =>
        {
            using var document = JsonDocument.Parse(JsonSerializer.Serialize(string.Concat(words)));
            try
            {
                _ = JqProgram.Compile(". as $re | \"aab 😀\" | [match($re; \"g\")]").Evaluate(document.RootElement).Count();
            }
            catch (JqRuntimeException e)
            {
                e.Message.ShouldStartWith("the regular expression ");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(15));
    }
}
