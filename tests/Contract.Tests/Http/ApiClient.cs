using System.Net.Http.Headers;
using System.Text;

namespace Wego.Contract.Tests.Http;

/// <summary>Plain HTTP with one identity: the tests see what goes over the wire and nothing in between.</summary>
public sealed class ApiClient(HttpClient http, string? token)
{
    public const string MergePatch = "application/merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string StrategicMergePatch = "application/strategic-merge-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";

    public Task<ApiResponse> GetAsync(string path, string? accept = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, path, null, null, cancellationToken, ("Accept", accept));

    public Task<ApiResponse> PostAsync(string path, string body, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, path, body, "application/json", cancellationToken);

    public Task<ApiResponse> PutAsync(string path, string body, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, path, body, "application/json", cancellationToken);

    public Task<ApiResponse> PatchAsync(string path, string contentType, string body, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Patch, path, body, contentType, cancellationToken);

    /// <summary>Server-side apply.</summary>
    public Task<ApiResponse> ApplyAsync(string path, string manager, string body, bool force = false, CancellationToken cancellationToken = default) =>
        PatchAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fieldManager={manager}&force={(force ? "true" : "false")}", ApplyPatch, body, cancellationToken);

    public Task<ApiResponse> DeleteAsync(string path, string? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, path, options, options is null ? null : "application/json", cancellationToken);

    public async Task<ApiResponse> SendAsync(
        HttpMethod method, string path, string? body, string? contentType, CancellationToken cancellationToken, params (string Name, string? Value)[] headers)
    {
        using var request = Request(method, path, body, contentType, headers);
        using var response = await http.SendAsync(request, cancellationToken);
        return await ApiResponse.ReadAsync(request, response, cancellationToken);
    }

    /// <summary>Opens a watch; <paramref name="path"/> has the query, "watch" included.</summary>
    public async Task<WatchStream> WatchAsync(string path, string? accept = null, CancellationToken cancellationToken = default)
    {
        using var request = Request(HttpMethod.Get, path, null, null, ("Accept", accept));
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                throw new ShouldAssertException((await ApiResponse.ReadAsync(request, response, cancellationToken)).ToString());
            }
        }

        return new WatchStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? body, string? contentType, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null)
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            }
        }

        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }
}
