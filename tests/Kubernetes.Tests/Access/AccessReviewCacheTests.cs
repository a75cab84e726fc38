using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

public sealed class AccessReviewCacheTests : IAsyncLifetime
{
    private const string Review = "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static readonly ResourceAttributes GetConfigMaps = new("get", "", "configmaps", "team-a");
    private readonly TestLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly string _cluster = Guid.NewGuid().ToString();
    private ScriptedServer _server = null!;
    private KubernetesClient _client = null!;
    private AccessReviewCache _cache = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _client = Create(_server, _log, options: new KubernetesClientOptions { ClusterName = _cluster });
        _cache = new AccessReviewCache(Options.Create(new KubernetesOptions()), new CallerHasher(), _time);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task AsksWhatIsMeant()
    {
        _server.Always(Review, 201, Answer(true, "RBAC says so"));

        var decision = await ReviewAsync(KubernetesIdentity.Bearer("t"), new ResourceAttributes("patch", "apps", "deployments", "team-a", "web", "status"));

        decision.ShouldBe(new AccessDecision(true, "RBAC says so"));
        _server.Requests[0].Authorization.ShouldBe("Bearer t");
        JsonNode.DeepEquals(JsonNode.Parse(_server.Requests[0].Body), JsonNode.Parse("""
            {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":
              {"verb":"patch","group":"apps","resource":"deployments","namespace":"team-a","name":"web","subresource":"status"} } }
            """)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true, 30)]
    [InlineData(false, 5)]
    public async Task DecisionsAreBelievedForTheirLifetime(bool allowed, int seconds)
    {
        _server.Always(Review, 201, Answer(allowed));
        var who = KubernetesIdentity.Bearer("t");

        await ReviewAsync(who);
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        (await ReviewAsync(who)).Allowed.ShouldBe(allowed);
        _server.Requests.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromTicks(1));
        await ReviewAsync(who);

        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task CallersAndQuestionsAreKeptApart()
    {
        _server.Always(Review, 201, Answer(true));
        var none = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        KubernetesIdentity[] callers =
        [
            KubernetesIdentity.Service,
            KubernetesIdentity.Bearer("a"),
            KubernetesIdentity.Bearer("b"),
            KubernetesIdentity.Bearer("service"),
            KubernetesIdentity.Impersonate("a", []),
            KubernetesIdentity.Impersonate("a", ["b", "c"]),
            KubernetesIdentity.Impersonate("a", ["b1:c"]),
            KubernetesIdentity.Impersonate("a", ["b"], none.Add("c", [])),
        ];
        foreach (var caller in callers)
        {
            await ReviewAsync(caller);
            await ReviewAsync(caller, GetConfigMaps with { Name = "x" });
        }

        _server.Requests.Count.ShouldBe(2 * callers.Length);
        await ReviewAsync(KubernetesIdentity.Impersonate("a", ["c", "b"]));
        _server.Requests.Count.ShouldBe(2 * callers.Length);
    }

    [Fact]
    public async Task ARefusedTokenIsThrownAndNotRemembered()
    {
        _server.On(Review, 401, Json.Status(401, "Unauthorized", "Unauthorized")).On(Review, 201, Answer(true));
        var who = KubernetesIdentity.Bearer("t");

        (await Should.ThrowAsync<KubernetesException>(() => ReviewAsync(who))).Failure.ShouldBe(KubernetesFailure.Unauthorized);
        (await ReviewAsync(who)).Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task ConcurrentQuestionsAreOneRequestAndACancelledCallerSpoilsNothing()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.On(Review, async context =>
        {
            await gate.Task;
            await ScriptedServer.Answer(201, Answer(true))(context);
        });
        using var impatient = new CancellationTokenSource();
        var first = _cache.ReviewAsync(_client, KubernetesIdentity.Bearer("t"), GetConfigMaps, impatient.Token);
        var others = Enumerable.Range(0, 5).Select(_ => ReviewAsync(KubernetesIdentity.Bearer("t"))).ToArray();

        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        (await Task.WhenAll(others)).ShouldAllBe(d => d.Allowed);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AskedAndCachedAreCounted()
    {
        var counts = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == "wego.kubernetes.access_reviews")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(t => t.Key, t => (string)t.Value!);
            if (all["k8s.cluster.name"] == _cluster)
            {
                counts[all["wego.access.source"]] = counts.GetValueOrDefault(all["wego.access.source"]) + value;
            }
        });
        listener.Start();
        _server.Always(Review, 201, Answer(true));

        for (var i = 0; i < 3; i++)
        {
            await ReviewAsync(KubernetesIdentity.Bearer("t"));
        }

        counts.ShouldBe(new Dictionary<string, long> { ["asked"] = 1, ["cached"] = 2 });
    }

    private static string Answer(bool allowed, string reason = "") =>
        new JsonObject { ["kind"] = "SelfSubjectAccessReview", ["status"] = new JsonObject { ["allowed"] = allowed, ["reason"] = reason } }.ToJsonString();

    private Task<AccessDecision> ReviewAsync(KubernetesIdentity identity, ResourceAttributes? attributes = null) =>
        _cache.ReviewAsync(_client, identity, attributes ?? GetConfigMaps, TestContext.Current.CancellationToken);
}
