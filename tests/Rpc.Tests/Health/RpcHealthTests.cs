using Google.Protobuf;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wego.Rpc.Tests.Support;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Wego.Rpc.Tests.Health;

public sealed class RpcHealthTests
{
    private const string Echo = "wego.rpc.test.v1.EchoService";

    [Theory]
    [InlineData("")]
    [InlineData(Echo)]
    [InlineData("grpc.health.v1.Health")]
    public async Task Everything_served_is_serving_from_the_start(string service)
    {
        await using var server = await StartAsync();

        (await CheckAsync(server, service)).ShouldBe((0, ServingStatus.Serving));
    }

    [Fact]
    public async Task An_unknown_service_is_not_found()
    {
        await using var server = await StartAsync();

        (await CheckAsync(server, "no.such.Service")).Status.ShouldBe((int)RpcStatusCode.NotFound);
    }

    [Fact]
    public async Task The_status_of_the_server_is_that_of_services_without_their_own()
    {
        await using var server = await StartAsync();
        var health = server.Services.GetRequiredService<RpcHealth>();

        health.SetStatus(ServingStatus.NotServing);
        health.SetStatus("a.database", ServingStatus.Serving);

        (await CheckAsync(server, "")).ShouldBe((0, ServingStatus.NotServing));
        (await CheckAsync(server, Echo)).ShouldBe((0, ServingStatus.NotServing));
        (await CheckAsync(server, "a.database")).ShouldBe((0, ServingStatus.Serving));
    }

    [Fact]
    public async Task A_watch_tells_each_change_once()
    {
        await using var server = await StartAsync();
        var health = server.Services.GetRequiredService<RpcHealth>();
        await using var watch = health.WatchAsync("later.Service", TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        (await NextAsync(watch)).ShouldBe(ServingStatus.ServiceUnknown);
        var next = NextAsync(watch);
        next.IsCompleted.ShouldBeFalse();
        health.SetStatus("other.Service", ServingStatus.NotServing);
        health.SetStatus("later.Service", ServingStatus.Serving);
        (await next).ShouldBe(ServingStatus.Serving);
    }

    [Fact]
    public async Task A_watch_ends_with_the_host_after_saying_so()
    {
        await using var server = await StartAsync();
        var health = server.Services.GetRequiredService<RpcHealth>();
        await using var watch = health.WatchAsync("", TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await NextAsync(watch)).ShouldBe(ServingStatus.Serving);

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await NextAsync(watch)).ShouldBe(ServingStatus.NotServing);
        (await watch.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_watch_ends_with_its_caller()
    {
        await using var server = await StartAsync();
        using var caller = new CancellationTokenSource();
        var health = server.Services.GetRequiredService<RpcHealth>();
        await using var watch = health.WatchAsync("", caller.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await NextAsync(watch);
        var next = NextAsync(watch);

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(next);
    }

    private static Task<EchoServer> StartAsync() => EchoServer.StartAsync(app: app => app.MapRpcHealth());

    private static async Task<(int Status, ServingStatus? Answer)> CheckAsync(EchoServer server, string service)
    {
        var (status, messages) = await RawGrpc.CallAsync(server.Address, "/grpc.health.v1.Health/Check", new HealthCheckRequest { Service = service }.ToByteArray());
        return (status, messages.Select(HealthCheckResponse.Parser.ParseFrom).SingleOrDefault()?.Status);
    }

    private static async Task<ServingStatus> NextAsync(IAsyncEnumerator<ServingStatus> watch)
    {
        (await watch.MoveNextAsync()).ShouldBeTrue();
        return watch.Current;
    }
}
