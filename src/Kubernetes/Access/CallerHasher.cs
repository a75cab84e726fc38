using System.Security.Cryptography;
using System.Text;

namespace Wego.Kubernetes;

/// <inheritdoc cref="ICallerKeys"/>
internal sealed class CallerHasher : ICallerKeys
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string KeyOf(KubernetesIdentity identity)
    {
        var text = identity switch
        {
            KubernetesIdentity.BearerIdentity bearer => "bearer\n" + bearer.Token,
            KubernetesIdentity.ImpersonatedIdentity impersonated => Canonical(impersonated),
            _ => "service",
        };
        return Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
    }

    // Lengths keep "a, b" and "a", "b" apart.
    private static string Canonical(KubernetesIdentity.ImpersonatedIdentity identity)
    {
        var text = new StringBuilder("impersonated\n");
        Add(identity.User);
        foreach (var group in (identity.Groups.IsDefault ? [] : identity.Groups).Order(StringComparer.Ordinal))
        {
            Add(group);
        }

        foreach (var (key, values) in identity.Extra.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            text.Append('\n');
            Add(key);
            foreach (var value in values)
            {
                Add(value);
            }
        }

        return text.ToString();

        void Add(string part) => text.Append(part.Length).Append(':').Append(part);
    }
}
