using System.Globalization;

namespace Wego.Kubernetes;

/// <summary>Times as Kubernetes writes them.</summary>
public static class KubernetesTime
{
    /// <summary>RFC 3339 in UTC, with whole seconds.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
