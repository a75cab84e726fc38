namespace Wego.Tenants.Tests;

public sealed class TenantOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => new TenantOptionsValidator().Validate(null, new TenantOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void A_namespace_with_less_than_the_others_is_valid() => new TenantOptionsValidator().Validate(
        null, new TenantOptions { Namespaces = { ["a"] = new TenantQuota { RunningRequests = 500 }, ["b"] = new TenantQuota { MaxOperations = 0, MaxStreams = 0 } } }).Succeeded.ShouldBeTrue();

    [Fact]
    public void Every_bad_value_is_named_with_what_would_be_right() => new TenantOptionsValidator().Validate(null, new TenantOptions
    {
        RunningRequests = 0,
        MaxRequests = -1,
        MaxStreams = -1,
        MaxOperations = -1,
        ConcurrentOperations = 0,
        ConcurrentRefreshes = -5,
        Namespaces = { ["team-a"] = new TenantQuota { RunningRequests = 4, MaxRequests = 3, MaxStreams = 1, MaxOperations = 1 } },
    }).Failures.ShouldBe(
    [
        "Wego:Tenants:RunningRequests is 0; it must be at least 1.",
        "Wego:Tenants:MaxStreams is -1; it must be at least 0.",
        "Wego:Tenants:MaxOperations is -1; it must be at least 0.",
        "Wego:Tenants:MaxRequests is -1; it must be at least RunningRequests, which is 0.",
        "Wego:Tenants:ConcurrentOperations is 0; it must be at least 1.",
        "Wego:Tenants:ConcurrentRefreshes is -5; it must be at least 1.",
        "Wego:Tenants:Namespaces:team-a:MaxRequests is 3; it must be at least RunningRequests, which is 4.",
    ]);
}
