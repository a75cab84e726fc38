using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

/// <summary>What the API server's refusals, and answers that are no API server's, become.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private const string Path = "GET /api/v1/namespaces/default/configmaps/a";
    private readonly TestLog _log = new();
    private ScriptedServer _server = null!;
    private KubernetesClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _client = Create(_server, _log);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    [InlineData(400, "BadRequest", KubernetesFailure.BadRequest)]
    [InlineData(401, "Unauthorized", KubernetesFailure.Unauthorized)]
    [InlineData(403, "Forbidden", KubernetesFailure.Forbidden)]
    [InlineData(404, "NotFound", KubernetesFailure.NotFound)]
    [InlineData(409, "AlreadyExists", KubernetesFailure.AlreadyExists)]
    [InlineData(409, "Conflict", KubernetesFailure.Conflict)]
    [InlineData(410, "Expired", KubernetesFailure.Expired)]
    [InlineData(410, "Gone", KubernetesFailure.Expired)]
    [InlineData(413, "RequestEntityTooLarge", KubernetesFailure.TooLarge)]
    [InlineData(422, "Invalid", KubernetesFailure.Invalid)]
    [InlineData(429, "TooManyRequests", KubernetesFailure.Throttled)]
    [InlineData(500, "InternalError", KubernetesFailure.InternalError)]
    [InlineData(500, "ServerTimeout", KubernetesFailure.Timeout)]
    [InlineData(503, "ServiceUnavailable", KubernetesFailure.Unavailable)]
    [InlineData(504, "Timeout", KubernetesFailure.Timeout)]
    [InlineData(405, "MethodNotAllowed", KubernetesFailure.Other)]
    [InlineData(403, "SomethingNew", KubernetesFailure.Forbidden)]
    public async Task TheReasonDecides(int code, string reason, KubernetesFailure expected)
    {
        _server.On(Path, code, Json.Status(code, reason, "the server's words"));

        var error = await GetAsync();

        error.Failure.ShouldBe(expected);
        error.HttpStatus.ShouldBe(code);
        error.Message.ShouldBe($"get configmaps/v1 default/a: the server's words ({code} {reason}).");
    }

    [Fact]
    public async Task CausesAndRetryAfterAreKept()
    {
        var details = new
        {
            retryAfterSeconds = 7,
            causes = new[] { new { reason = "FieldManagerConflict", message = "conflict with \"helm\"", field = ".spec.replicas" } },
        };
        _server.On(Path, 409, Json.Status(409, "Conflict", "Apply failed", details));

        var error = await GetAsync();

        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        error.Causes.ShouldHaveSingleItem().ShouldBe(new StatusCause("FieldManagerConflict", "conflict with \"helm\"", ".spec.replicas"));
    }

    [Theory]
    [InlineData(200, "text/html", "<html>log in</html>", KubernetesFailure.Unavailable)]
    [InlineData(200, "application/json", "{\"kind\":", KubernetesFailure.Unavailable)]
    [InlineData(200, "application/json", "[]", KubernetesFailure.Unavailable)]
    [InlineData(200, "application/json", "", KubernetesFailure.Unavailable)]
    [InlineData(404, "text/html", "<html>nothing here</html>", KubernetesFailure.Unavailable)]
    [InlineData(502, "text/html", "<html>bad gateway</html>", KubernetesFailure.Unavailable)]
    [InlineData(404, "text/plain", "404 page not found", KubernetesFailure.NotFound)]
    [InlineData(503, "text/plain", "no endpoints", KubernetesFailure.Unavailable)]
    [InlineData(302, "text/plain", "", KubernetesFailure.Unavailable)]
    public async Task AnswersThatAreNoStatus(int code, string type, string body, KubernetesFailure expected)
    {
        _server.On(Path, context =>
        {
            context.Response.Headers.Location = "http://127.0.0.1:1/login";
            return ScriptedServer.Answer(code, body, type)(context);
        });

        (await GetAsync()).Failure.ShouldBe(expected);
        _server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"kind":"ConfigMapList","apiVersion":"v1","items":[1,2]}""")]
    [InlineData("""{"kind":"ConfigMapList","apiVersion":"v1","items":[{"metadata":""")]
    [InlineData("""{"kind":"Something","apiVersion":"v1"}""")]
    [InlineData("no json")]
    public async Task AListThatIsNoneIsRefused(string body)
    {
        _server.On("GET /api/v1/configmaps", 200, body);

        var error = await Should.ThrowAsync<KubernetesException>(() => _client.ListAsync(KubernetesIdentity.Service, ConfigMaps, null, new ListOptions(), Cancel));

        error.Failure.ShouldBe(KubernetesFailure.Unavailable);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task AReadIsRetriedTwiceWhenTheServerSaysWhen(int status)
    {
        _server.On(Path, ScriptedServer.Throttled(0, status)).On(Path, ScriptedServer.Throttled(0, status)).On(Path, 200, Json.ConfigMap("a", "1"));
        (await _client.GetAsync(KubernetesIdentity.Service, ConfigMaps, "default", "a", Cancel)).Name.ShouldBe("a");

        _server.Always(Path, ScriptedServer.Throttled(0, status));
        (await GetAsync()).RetryAfter.ShouldBe(TimeSpan.Zero);
        _server.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task AWriteIsNeverRetried()
    {
        _server.Always("POST /api/v1/namespaces/default/configmaps", ScriptedServer.Throttled(0));

        var error = await Should.ThrowAsync<KubernetesException>(
            () => _client.CreateAsync(KubernetesIdentity.Service, ConfigMaps, "default", new JsonObject(), new WriteOptions(), Cancel));

        error.Failure.ShouldBe(KubernetesFailure.Throttled);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AServerThatDoesNotAnswerIsGivenUpAtTheDeadline()
    {
        var time = new FakeTimeProvider();
        using var client = Create(_server, _log, time);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.On(Path, async context =>
        {
            arrived.SetResult();
            await ScriptedServer.HangAsync(context);
        });

        var call = client.GetAsync(KubernetesIdentity.Service, ConfigMaps, "default", "a", Cancel);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        time.Advance(TimeSpan.FromSeconds(30));

        var error = await Should.ThrowAsync<KubernetesException>(() => call);
        error.Failure.ShouldBe(KubernetesFailure.Timeout);
        error.Message.ShouldContain("30 s");
    }

    [Fact]
    public async Task WegosOwnLimitIsNamedWhereItHoldsARequestBack()
    {
        var time = new FakeTimeProvider();
        using var client = Create(_server, _log, time, options: new KubernetesClientOptions { Qps = 0.01, Burst = 1 });
        _server.Always(Path, 200, Json.ConfigMap("a", "1"));
        await client.GetAsync(KubernetesIdentity.Service, ConfigMaps, "default", "a", Cancel);

        var call = client.GetAsync(KubernetesIdentity.Service, ConfigMaps, "default", "a", Cancel);
        await time.WaitForTimersAsync(2);

        // Callers have a limit of their own.
        await client.GetAsync(KubernetesIdentity.Bearer("t"), ConfigMaps, "default", "a", Cancel);
        time.Advance(TimeSpan.FromSeconds(30));

        var error = await Should.ThrowAsync<KubernetesException>(() => call);
        error.Failure.ShouldBe(KubernetesFailure.Throttled);
        error.Message.ShouldContain("Wego:Kubernetes:Qps");
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task TheCallersCancellationIsNoFailureOfTheServer()
    {
        using var caller = new CancellationTokenSource();
        _server.On(Path, async context =>
        {
            await caller.CancelAsync();
            await ScriptedServer.HangAsync(context);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => _client.GetAsync(KubernetesIdentity.Service, ConfigMaps, "default", "a", caller.Token));
    }

    [Fact]
    public async Task AServerThatIsNotThereIsUnreachable()
    {
        await _server.DisposeAsync();

        var error = await GetAsync();

        error.Failure.ShouldBe(KubernetesFailure.Unreachable);
        error.HttpStatus.ShouldBe(0);
        error.Message.ShouldContain(_server.Address.ToString());
    }

    [Fact]
    public async Task ABodyCutShortIsUnreachable()
    {
        _server.On(Path, async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            context.Abort();
        });

        (await GetAsync()).Failure.ShouldBe(KubernetesFailure.Unreachable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnAnswerLargerThanTheBoundIsRefused(bool declared)
    {
        using var client = Create(_server, _log, options: new KubernetesClientOptions { MaxResponseBytes = 1000 });
        var body = Json.ConfigMap(new string('x', 2000), "1");
        _server.On(Path, context =>
        {
            context.Response.ContentLength = declared ? body.Length : null;
            return context.Response.WriteAsync(body, Cancel);
        });

        var error = await Should.ThrowAsync<KubernetesException>(() => client.GetAsync(KubernetesIdentity.Service, ConfigMaps, "default", "a", Cancel));

        error.Failure.ShouldBe(KubernetesFailure.TooLarge);
    }

    private Task<KubernetesException> GetAsync() =>
        Should.ThrowAsync<KubernetesException>(() => _client.GetAsync(KubernetesIdentity.Service, ConfigMaps, "default", "a", Cancel));
}
