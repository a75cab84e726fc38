using Microsoft.Extensions.Logging;

namespace Wego.Grains;

/// <summary>What every grain of Wego needs beside its own.</summary>
internal sealed record GrainServices(GrainOptions Options, TimeProvider Time, ILogger Logger);
