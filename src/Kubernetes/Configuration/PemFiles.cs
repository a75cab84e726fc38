using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wego.Kubernetes;

/// <summary>Reads certificates, naming the field that is wrong.</summary>
internal static class PemFiles
{
    public static X509Certificate2Collection ReadCertificates(string path, string field) => ParseCertificates(ReadText(path, field), field);

    public static X509Certificate2Collection ParseCertificates(string pem, string field)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new ClusterConfigurationException($"{field} holds a certificate that cannot be read.", e);
        }

        return certificates.Count > 0 ? certificates : throw new ClusterConfigurationException($"{field} holds no PEM certificate.");
    }

    public static string ReadText(string path, string field)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClusterConfigurationException($"{field}: {path} cannot be read ({(e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : e.GetType().Name)}).", e);
        }
    }

    /// <summary>Base64 of the kubeconfig's <c>*-data</c> fields.</summary>
    public static string DecodeData(string base64, string field)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(base64.Trim()));
        }
        catch (FormatException e)
        {
            throw new ClusterConfigurationException($"{field} is not base64.", e);
        }
    }
}
