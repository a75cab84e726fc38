namespace Wego.Jq;

/// <summary>The program is none, or uses what does not exist. The message says where and what was expected.</summary>
public sealed class JqCompileException : JqException
{
    internal JqCompileException(int line, int column, string problem)
        : base($"jq program, line {line}, column {column}: {problem}") => (Line, Column, Problem) = (line, column, problem);

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column in characters, from 1.</summary>
    public int Column { get; }

    /// <summary>What is wrong there.</summary>
    public string Problem { get; }
}
