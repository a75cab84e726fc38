using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Repositories;

public sealed class HandlerPoolTests
{
    [Fact]
    public void Repositories_of_the_same_settings_share_a_handler()
    {
        using var pool = new HandlerPool(4);
        using var first = pool.Rent(new ChartConnection { Credentials = ChartCredentials.Bearer("a") });
        using var second = pool.Rent(new ChartConnection { Credentials = ChartCredentials.Bearer("b") });
        using var insecure = pool.Rent(new ChartConnection { Tls = new ChartTls { InsecureSkipVerify = true } });
        using var proxied = pool.Rent(new ChartConnection { Proxy = ChartProxy.ForAll(new Uri("http://proxy.example")) });
        second.Invoker.ShouldBeSameAs(first.Invoker);
        insecure.Invoker.ShouldNotBeSameAs(first.Invoker);
        proxied.Invoker.ShouldNotBeSameAs(first.Invoker);
    }

    [Fact]
    public async Task Handlers_that_nobody_uses_go_and_those_in_use_stay()
    {
        using var pool = new HandlerPool(1);
        var used = pool.Rent(Through(1));
        var idle = pool.Rent(Through(2));
        var gone = idle.Invoker;
        idle.Dispose();

        using var again = pool.Rent(Through(1));
        again.Invoker.ShouldBeSameAs(used.Invoker);
        await Should.ThrowAsync<ObjectDisposedException>(SendAsync(gone));
        await Should.ThrowAsync<HttpRequestException>(SendAsync(used.Invoker));

        static async Task SendAsync(HttpMessageInvoker invoker)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://charts.example/");
            using var response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    // Nothing listens there, so that a request ends at once.
    private static ChartConnection Through(int port) => new() { Proxy = ChartProxy.ForAll(new Uri($"http://127.0.0.1:{port}")) };
}
