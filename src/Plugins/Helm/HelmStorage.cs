namespace Wego.Plugins.Helm;

/// <summary>The kinds of object in which Helm keeps releases.</summary>
public enum HelmStorage
{
    /// <summary>Secrets, Helm's default.</summary>
    Secrets,

    /// <summary>ConfigMaps, as with <c>HELM_DRIVER=configmap</c>.</summary>
    ConfigMaps,
}
