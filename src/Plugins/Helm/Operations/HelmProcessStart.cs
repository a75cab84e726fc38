using System.Collections.Immutable;

namespace Wego.Plugins.Helm;

/// <summary>How a <c>helm</c> process is started.</summary>
/// <param name="Program">The program file.</param>
/// <param name="Arguments">Its arguments; never a secret.</param>
/// <param name="Folder">Where it runs.</param>
/// <param name="Environment">Its whole environment; never a secret.</param>
internal sealed record HelmProcessStart(string Program, ImmutableArray<string> Arguments, string Folder, ImmutableDictionary<string, string> Environment)
{
    /// <summary>How many bytes of what it prints are kept; an output with more ends as an error.</summary>
    public int MaxOutputBytes { get; init; } = 64 * 1024;
}
