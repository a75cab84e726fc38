namespace Wego.Plugins.Carvel;

/// <summary>How often kapp-controller looks at an object again: a Go duration greater than zero. It raises shorter ones to 30 seconds.</summary>
internal static class SyncPeriod
{
    /// <summary>The duration of a request in the form that Kubernetes stores.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static string Require(string field, string text) => GoDuration.TryParse(text, out var value) && value > TimeSpan.Zero
        ? GoDuration.Format(value)
        : throw PackageException.InvalidField(field, $"'{text}' is no interval: it must be a duration greater than zero such as 30s, 10m or 1h30m.");
}
