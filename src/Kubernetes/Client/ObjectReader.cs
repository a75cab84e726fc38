using System.Text.Json;

namespace Wego.Kubernetes;

/// <summary>Reads one object from an answer.</summary>
internal static class ObjectReader
{
    public static KubernetesObject Read(ApiRequest request, ReadOnlySpan<byte> body)
    {
        try
        {
            return KubernetesObject.Parse(body);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw NotAnObject(request, e);
        }
    }

    /// <summary>A success whose body is no API object comes from something else than an API server.</summary>
    public static KubernetesException NotAnObject(ApiRequest request, Exception? inner = null) =>
        new(KubernetesFailure.Unavailable, $"{request}: the answer is no Kubernetes API object; is the configured address an API server's?", inner: inner);
}
