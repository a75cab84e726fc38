namespace Wego.Plugins;

/// <summary>A client certificate and its key, PEM. Its text form contains neither.</summary>
[GenerateSerializer, Immutable, Alias("wego.TlsCertKey")]
public sealed record TlsCertKey(string Cert, string Key)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(TlsCertKey);
}
