using System.Globalization;

namespace Wego.Kubernetes;

/// <summary>
/// The one comparison of resource versions that a client needs: has the server's history begun anew? Versions are opaque, but where
/// both are numbers, as of every kube-apiserver, a smaller one cannot come later (KEP-5504 makes that a rule).
/// </summary>
internal static class ResourceVersions
{
    public static bool IsOlder(string version, string than) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
        && ulong.TryParse(than, NumberStyles.None, CultureInfo.InvariantCulture, out var b)
        && a < b;
}
