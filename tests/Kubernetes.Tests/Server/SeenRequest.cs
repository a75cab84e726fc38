using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Wego.Kubernetes.Tests;

/// <summary>A request as the server saw it.</summary>
public sealed record SeenRequest(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, IHeaderDictionary Headers, string Body, string Protocol, X509Certificate2? ClientCertificate)
{
    public string? Authorization => Headers.Authorization;

    public static async Task<SeenRequest> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = context.Request;
        return new SeenRequest(
            request.Method,
            request.Path.Value!,
            request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
            new HeaderDictionary(request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase)),
            await reader.ReadToEndAsync(context.RequestAborted),
            request.Protocol,
            context.Connection.ClientCertificate);
    }
}
