using System.Globalization;
using System.Text.Json;

namespace Wego.Kubernetes;

/// <summary>Reads an <c>ExecCredential</c> of <c>client.authentication.k8s.io</c>.</summary>
internal static class ExecCredentialReader
{
    public static ExecResult Read(string output, string apiVersion, DateTimeOffset now, Func<string, Exception> failed)
    {
        KubernetesObject answer;
        try
        {
            answer = KubernetesObject.Parse(System.Text.Encoding.UTF8.GetBytes(output));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw failed("did not print an ExecCredential as JSON");
        }

        if (answer.Kind != "ExecCredential" || answer.ApiVersion != apiVersion)
        {
            throw failed($"did not print an ExecCredential of {apiVersion}, which exec.apiVersion asks for");
        }

        var token = answer.Text("status", "token");
        var certificate = answer.Text("status", "clientCertificateData");
        var key = answer.Text("status", "clientKeyData");
        if ((certificate.Length == 0) != (key.Length == 0))
        {
            throw failed("printed only one of status.clientCertificateData and status.clientKeyData");
        }

        if (token.Length == 0 && certificate.Length == 0)
        {
            throw failed("printed neither status.token nor status.clientCertificateData");
        }

        DateTimeOffset? expires = null;
        if (answer.Text("status", "expirationTimestamp") is { Length: > 0 } text)
        {
            expires = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
                ? parsed
                : throw failed("printed a status.expirationTimestamp that is not RFC 3339");
        }

        try
        {
            var loaded = certificate.Length > 0 ? ClientCertificate.Parse(certificate, key, "ExecCredential") : null;
            if (loaded is not null && (expires is null || loaded.NotAfter < expires))
            {
                expires = loaded.NotAfter;
            }

            return new ExecResult(new ServiceCredential(token.Length > 0 ? ServiceCredential.Bearer(token) : null, loaded), now, expires);
        }
        catch (Exception e) when (e is ClusterConfigurationException or FormatException)
        {
            throw failed(e is FormatException ? "printed a status.token that is no bearer token" : "printed a client certificate and key that are no matching PEM pair");
        }
    }
}
