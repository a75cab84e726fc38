namespace Wego.Plugins.Charts;

/// <summary>A tag cannot hold a plus sign; Helm writes an underscore instead (<see href="https://helm.sh/docs/topics/registries/">Helm registries</see>).</summary>
internal static class OciTag
{
    public static string FromVersion(string version) => version.Replace('+', '_');

    public static string ToVersion(string tag) => tag.Replace('_', '+');
}
