using Microsoft.Extensions.Options;

namespace Wego.Tenants.Tests;

public sealed class TenantLimitsTests
{
    private static readonly Tenant TeamA = new("default", "team-a");
    private static readonly Tenant TeamB = new("default", "team-b");
    private readonly TenantOptions _options = new() { RunningRequests = 1, MaxRequests = 5, MaxStreams = 1, MaxOperations = 1 };
    private readonly TenantLimits _limits;

    public TenantLimitsTests() => _limits = new TenantLimits(Options.Create(_options));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TenantLimit.Streams, "Too much at a time for namespace 'team-a' of cluster 'default': it may have 1 streams under way in one replica of Wego (Wego:Tenants:MaxStreams). Try again when some have ended.")]
    [InlineData(TenantLimit.Operations, "Too much at a time for namespace 'team-a' of cluster 'default': it may have 1 changes under way in one replica of Wego (Wego:Tenants:MaxOperations). Try again when some have ended.")]
    public async Task One_more_than_allowed_is_refused_and_the_setting_named(TenantLimit limit, string message)
    {
        var one = await EnterAsync(TeamA, limit);

        (await Should.ThrowAsync<TenantLimitException>(EnterAsync(TeamA, limit))).Message.ShouldBe(message);
        (await EnterAsync(TeamB, limit)).Dispose();

        one.Dispose();
        (await EnterAsync(TeamA, limit)).Dispose();
        _limits.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Reads_wait_and_callers_of_one_tenant_take_turns()
    {
        var running = await EnterAsync(TeamA, TenantLimit.Requests, "loud");
        var loud = new[] { EnterAsync(TeamA, TenantLimit.Requests, "loud"), EnterAsync(TeamA, TenantLimit.Requests, "loud") };
        (await Should.ThrowAsync<TenantLimitException>(EnterAsync(TeamA, TenantLimit.Requests, "loud"))).Setting.ShouldBe("Wego:Tenants:MaxRequests");
        var soft = EnterAsync(TeamA, TenantLimit.Requests, "soft");
        (await EnterAsync(TeamB, TenantLimit.Requests)).Dispose();

        running.Dispose();
        (await loud[0]).Dispose();
        (await soft).Dispose();
        (await loud[1]).Dispose();
        _limits.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_namespace_may_have_more_or_nothing()
    {
        _options.Namespaces["team-a"] = new TenantQuota { MaxStreams = 2 };
        _options.Namespaces["other/team-a"] = new TenantQuota { MaxStreams = 0 };

        await EnterAsync(TeamA, TenantLimit.Streams);
        await EnterAsync(TeamA, TenantLimit.Streams);
        (await Should.ThrowAsync<TenantLimitException>(EnterAsync(TeamA, TenantLimit.Streams))).Setting.ShouldBe("Wego:Tenants:Namespaces:team-a:MaxStreams");

        var refused = await Should.ThrowAsync<TenantLimitException>(EnterAsync(new Tenant("other", "team-a"), TenantLimit.Streams));
        (refused.Setting, refused.Subject).ShouldBe(("Wego:Tenants:Namespaces:other/team-a:MaxStreams", "namespaces/other/team-a"));
    }

    [Fact]
    public async Task A_caller_who_looks_at_all_namespaces_counts_alone_and_is_not_told_apart()
    {
        await EnterAsync(new Tenant("default", "", "hash-1"), TenantLimit.Streams);
        await EnterAsync(new Tenant("default", "", "hash-2"), TenantLimit.Streams);

        var refused = await Should.ThrowAsync<TenantLimitException>(EnterAsync(new Tenant("default", "", "hash-1"), TenantLimit.Streams));
        refused.Message.ShouldNotContain("hash");
        refused.Subject.ShouldBe("callers/default");
    }

    private Task<IDisposable> EnterAsync(Tenant tenant, TenantLimit limit, string caller = "caller") => _limits.EnterAsync(tenant, limit, caller, Cancel).AsTask();
}
