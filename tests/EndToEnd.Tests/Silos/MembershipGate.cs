using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd.Silos;

/// <summary>A way to the API server on which what a silo writes about the cluster waits until it is let through.</summary>
internal sealed class MembershipGate : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _server;
    private readonly Uri _address;
    private readonly Channel<HeldWrite> _held = Channel.CreateUnbounded<HeldWrite>();
    private volatile bool _open;
    private int _refusals;

    private MembershipGate(KubeApiServer server)
    {
        (_server, _address) = (new HttpMessageInvoker(server.CreateHandler()), server.Address);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(RelayAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public static async Task<MembershipGate> StartAsync(KubeApiServer server)
    {
        var gate = new MembershipGate(server);
        await gate._app.StartAsync(TestContext.Current.CancellationToken);
        return gate;
    }

    /// <summary>How many requests are still to be refused.</summary>
    public int Refusals => Math.Max(Volatile.Read(ref _refusals), 0);

    /// <summary>The next write that waits.</summary>
    public ValueTask<HeldWrite> NextAsync(CancellationToken cancellationToken) => _held.Reader.ReadAsync(cancellationToken);

    /// <summary>Answers the next requests about the cluster as an API server does that is not ready.</summary>
    public void Refuse(int count) => Volatile.Write(ref _refusals, count);

    /// <summary>From now on nothing waits.</summary>
    public void Open() => _open = true;

    public async ValueTask DisposeAsync()
    {
        Open();
        while (_held.Reader.TryRead(out var write))
        {
            write.Pass();
        }

        await _app.DisposeAsync();
        _server.Dispose();
    }

    private async Task RelayAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var isMembership = http.Request.Path.Value!.Contains("/siloclusters", StringComparison.Ordinal);
        if (isMembership && Interlocked.Decrement(ref _refusals) >= 0)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (isMembership && !_open && !HttpMethods.IsGet(http.Request.Method))
        {
            var write = new HeldWrite(Encoding.UTF8.GetString(body.ToArray()));
            _held.Writer.TryWrite(write);
            await write.Passed.WaitAsync(http.RequestAborted);
        }

        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_address, http.Request.Path + http.Request.QueryString));
        request.Content = body.Length > 0 ? new ByteArrayContent(body.ToArray()) : null;
        foreach (var (name, values) in http.Request.Headers.Where(h => h.Key is not ("Host" or "Connection" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        using var response = await _server.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await using var answer = await response.Content.ReadAsStreamAsync(http.RequestAborted);
        var buffer = new byte[16 * 1024];
        while (await answer.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
        {
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    /// <summary>A write that waits.</summary>
    /// <param name="Body">What would be written.</param>
    internal sealed record HeldWrite(string Body)
    {
        private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Passed => _passed.Task;

        public void Pass() => _passed.TrySetResult();
    }
}
