using Microsoft.Extensions.Logging;

namespace Wego.Testing;

/// <summary>One log entry.</summary>
public sealed record TestLogEntry(LogLevel Level, string Category, EventId EventId, string Message, Exception? Exception);
