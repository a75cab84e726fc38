using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Wego.Telemetry;

/// <summary>Hands the host's logs to the SDK. Its rules stand under <c>Logging:OpenTelemetry</c>.</summary>
[ProviderAlias("OpenTelemetry")]
internal sealed class TelemetryLoggerProvider(TelemetrySdk sdk) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => sdk.Logs?.CreateLogger(categoryName) ?? NullLogger.Instance;

    // The SDK ends by itself.
    public void Dispose()
    {
    }
}
