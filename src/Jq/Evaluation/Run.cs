using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Wego.Jq;

/// <summary>One evaluation of a program: what it has used of its limits.</summary>
internal sealed class Run(JqLimits limits, ConcurrentDictionary<(string Pattern, string Flags), RegularExpression> expressions, CancellationToken cancellationToken)
{
    private const int CharactersPerStep = 8;
    private const int StepsBetweenChecks = 1024;

    private long _steps;
    private long _nextCheck;

    public JqLimits Limits => limits;

    /// <summary>The regular expressions of the program.</summary>
    public ConcurrentDictionary<(string Pattern, string Flags), RegularExpression> Expressions => expressions;

    /// <summary>Counts the evaluation of an expression.</summary>
    public void Step()
    {
        Charge(1);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw TooDeep();
        }
    }

    /// <summary>Counts work.</summary>
    public void Charge(long steps)
    {
        _steps += steps;
        if (_steps > limits.MaxSteps)
        {
            throw new JqLimitException($"The jq program needs more than {limits.MaxSteps} steps.");
        }

        if (_steps >= _nextCheck)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _nextCheck = _steps + StepsBetweenChecks;
        }
    }

    /// <summary>Counts the production of a string, before it is produced.</summary>
    public void ChargeText(long characters) => Charge(1 + (characters / CharactersPerStep));

    /// <summary>Hands on a value that is not nested too deeply.</summary>
    public JqValue Nested(JqValue value) => value.Depth <= limits.MaxDepth ? value : throw TooDeep();

    public JqLimitException TooDeep() => new($"The jq program calls functions or nests values more than {limits.MaxDepth} deep.");
}
