using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc.Client;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests;

public sealed class BindingTests
{
    private static readonly Google.Protobuf.Reflection.ServiceDescriptor Echo = EchoReflection.Descriptor.Services[0];

    [Fact]
    public void Method_with_another_signature_stops_the_start()
    {
        var registry = new RpcMethodRegistry(new ServiceCollection().BuildServiceProvider(), [], []);
        var error = Should.Throw<InvalidOperationException>(() => registry.Add(Echo, new WrongService()));
        error.Message.ShouldContain("WrongService.Echo");
        error.Message.ShouldContain("wego.rpc.test.v1.EchoService.Echo");
        error.Message.ShouldContain("public Task<EchoResponse> Echo(EchoRequest request, RpcContext context)");
    }

    [Fact]
    public void Service_is_registered_once()
    {
        var registry = new RpcMethodRegistry(new ServiceCollection().BuildServiceProvider(), [], []);
        registry.Add(Echo, new EchoServiceImplementation());
        Should.Throw<InvalidOperationException>(() => registry.Add(Echo, new EchoServiceImplementation())).Message.ShouldContain("twice");
    }

    [Fact]
    public void Registry_lists_every_method_and_file()
    {
        var registry = new RpcMethodRegistry(new ServiceCollection().BuildServiceProvider(), [], []);
        registry.Add(Echo, new EchoServiceImplementation());
        registry.Endpoints.Select(e => (e.Descriptor.Name, e.Kind, e.IsImplemented)).ShouldBe(
        [
            ("Echo", RpcMethodKind.Unary, true),
            ("Repeat", RpcMethodKind.ServerStreaming, true),
            ("Collect", RpcMethodKind.ClientStreaming, true),
            ("Chat", RpcMethodKind.BidiStreaming, true),
            ("Fail", RpcMethodKind.Unary, true),
            ("FailLater", RpcMethodKind.ServerStreaming, true),
            ("Hang", RpcMethodKind.Unary, true),
            ("HangLater", RpcMethodKind.ServerStreaming, true),
            ("Missing", RpcMethodKind.Unary, false),
        ]);
        registry.Files.Select(f => f.Name).ShouldBe(["google/protobuf/any.proto", "echo.proto"]);
        registry.Types.Find("wego.rpc.test.v1.FailDetail").ShouldNotBeNull();
    }

    [Fact]
    public async Task Interceptors_run_in_order_around_every_call_and_can_refuse()
    {
        var seen = new List<string>();
        await using var server = await EchoServer.StartAsync(services: s => s
            .AddSingleton<IRpcInterceptor>(new Recorder("outer", seen))
            .AddSingleton<IRpcInterceptor>(new Recorder("inner", seen, refuses: "Hang")));
        using var client = new RpcClient(server.Address);
        await client.CallAsync<EchoResponse>(Echo.FindMethodByName("Echo"), new EchoRequest());
        await foreach (var unused in client.StreamAsync<EchoResponse>(Echo.FindMethodByName("Repeat"), new EchoRequest { Count = 1 }))
        {
        }

        seen.ShouldBe(["outer Echo", "inner Echo", "inner Echo done", "outer Echo done", "outer Repeat", "inner Repeat", "inner Repeat done", "outer Repeat done"]);
        var error = await Should.ThrowAsync<RpcException>(() => client.CallAsync<EchoResponse>(Echo.FindMethodByName("Hang"), new EchoRequest()));
        error.Code.ShouldBe(RpcStatusCode.PermissionDenied);
    }

    [Theory]
    [InlineData("Bearer abc", "abc")]
    [InlineData("bearer abc", "abc")]
    [InlineData("Bearer ", null)]
    [InlineData("Basic abc", null)]
    [InlineData("Bearerabc", null)]
    [InlineData(null, null)]
    public void Bearer_token_is_what_follows_the_scheme(string? header, string? token)
    {
        var headers = new HeaderDictionary();
        if (header is not null)
        {
            headers["Authorization"] = header;
        }

        new RpcContext(Echo.Methods[0], headers).BearerToken.ShouldBe(token);
    }

    private sealed class WrongService
    {
        public Task<EchoRequest> Echo(EchoRequest request, RpcContext context) => Task.FromResult(request);
    }

    private sealed class Recorder(string name, List<string> seen, string? refuses = null) : IRpcInterceptor
    {
        public async Task InterceptAsync(RpcContext context, RpcHandler next)
        {
            seen.Add($"{name} {context.Method.Name}");
            if (context.Method.Name == refuses)
            {
                throw new RpcException(RpcStatusCode.PermissionDenied, "not you");
            }

            await next(context);
            seen.Add($"{name} {context.Method.Name} done");
        }
    }
}
