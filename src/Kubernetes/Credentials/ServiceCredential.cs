using System.Net.Http.Headers;

namespace Wego.Kubernetes;

/// <summary>What the service presents: a header, a certificate, both, or nothing. Compared by reference to tell a refreshed one.</summary>
internal sealed class ServiceCredential(AuthenticationHeaderValue? header, ClientCertificate? certificate)
{
    public static ServiceCredential None { get; } = new(null, null);

    public AuthenticationHeaderValue? Header { get; } = header;

    public ClientCertificate? Certificate { get; } = certificate;

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    public override string ToString() => "credential";
}
