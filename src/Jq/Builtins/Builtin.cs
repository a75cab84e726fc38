namespace Wego.Jq;

/// <summary>A function that is written in C#.</summary>
/// <param name="run">The evaluation.</param>
/// <param name="input">Its input.</param>
/// <param name="arguments">The filters that were given to it.</param>
internal delegate IEnumerable<JqValue> Builtin(Run run, JqValue input, Closure[] arguments);
