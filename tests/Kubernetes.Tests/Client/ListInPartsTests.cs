using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Wego.Kubernetes.Protobuf;
using Wego.Kubernetes.Tests.Protobuf;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

/// <summary>Lists of Secrets, which are read while they arrive.</summary>
public sealed class ListInPartsTests : IAsyncLifetime
{
    private const string Path = "GET /api/v1/secrets";
    private static readonly GroupVersionResource Secrets = new("", "v1", "secrets");

    // Two of them are more than a part.
    private static readonly byte[] Answer = ProtobufBytes.Answer("SecretList", ProtobufBytes.List(
        new ListMeta { ResourceVersion = "9", Continue = "next" },
        [.. "abcd".Select(name => new Secret { Metadata = new ObjectMeta { Name = $"{name}" }, Data = { ["k"] = ByteString.CopyFrom(new byte[150_000]) } })]));

    private readonly FakeTimeProvider _time = new();
    private readonly TestLog _log = new();
    private ScriptedServer _server = null!;
    private KubernetesClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _client = Create(_server, _log, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task APartIsHereWhileTheRestIsStillToCome()
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.On(Path, async context =>
        {
            await WriteAsync(context, Answer.AsMemory(..320_000));
            await taken.Task;
            await WriteAsync(context, Answer.AsMemory(320_000..));
        });
        var names = new List<string>();

        var page = await ListAsync((part, _) =>
        {
            part.Continue.ShouldBe("next");
            names.AddRange(part.Items.Select(i => i.Name));
            taken.TrySetResult();
            return Task.CompletedTask;
        });

        page.ShouldBe(new KubernetesList([], "9", "next"));
        names.ShouldBe(["a", "b", "c", "d"]);
    }

    [Fact]
    public async Task TheWholePageCanBeAskedForAsWell()
    {
        _server.On(Path, context => WriteAsync(context, Answer));

        var page = await _client.ListAsync(KubernetesIdentity.Service, Secrets, null, new ListOptions(), Cancel);

        page.Items.Select(i => i.Name).ShouldBe(["a", "b", "c", "d"]);
        (page.ResourceVersion, page.Continue).ShouldBe(("9", "next"));
    }

    [Fact]
    public async Task TheTimeThatTheReceiverTakesDoesNotCount()
    {
        _server.On(Path, context => WriteAsync(context, Answer));
        var parts = 0;

        await ListAsync((_, _) =>
        {
            parts++;
            _time.Advance(TimeSpan.FromMinutes(2));
            return Task.CompletedTask;
        });

        parts.ShouldBe(2);
    }

    [Fact]
    public async Task AnAnswerThatStopsInTheMiddleIsGivenUp()
    {
        _server.On(Path, async context =>
        {
            await WriteAsync(context, Answer.AsMemory(..320_000));
            await ScriptedServer.HangAsync(context);
        });
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var list = ListAsync((_, _) =>
        {
            taken.SetResult();
            return Task.CompletedTask;
        });
        await taken.Task;
        while (!list.IsCompleted)
        {
            // The limit begins anew some time after the part was taken.
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        (await Should.ThrowAsync<KubernetesException>(list)).Failure.ShouldBe(KubernetesFailure.Timeout);
    }

    [Fact]
    public async Task AnAnswerThatBreaksOffIsNoShorterList()
    {
        _server.On(Path, async context =>
        {
            await WriteAsync(context, Answer.AsMemory(..320_000));
            context.Abort();
        });

        (await Should.ThrowAsync<KubernetesException>(ListAsync((_, _) => Task.CompletedTask))).Failure.ShouldBe(KubernetesFailure.Unreachable);
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> content)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/vnd.kubernetes.protobuf";
        }

        await context.Response.Body.WriteAsync(content, Cancel);
        await context.Response.Body.FlushAsync(Cancel);
    }

    private Task<KubernetesList> ListAsync(Func<KubernetesList, CancellationToken, Task> take) =>
        _client.ListInPartsAsync(KubernetesIdentity.Service, Secrets, null, new ListOptions(), take, Cancel);
}
