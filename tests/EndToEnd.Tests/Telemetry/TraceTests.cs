using System.Diagnostics;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Rpc.Client;
using Wego.Sandbox;

namespace Wego.EndToEnd.Telemetry;

/// <summary>One trace from the client's call to the request that Kubernetes gets.</summary>
public sealed class TraceTests
{
    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task AWriteIsOneTraceFromTheClientThroughTheGrainToKubernetes(RpcClientProtocol protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var wego = await WegoFixture.StartAsync(
            beforeStart: null, $"Wego:Telemetry:OtlpEndpoint={receiver.HttpAddress}", "Wego:Telemetry:OtlpProtocol=http/protobuf", "OTEL_BSP_SCHEDULE_DELAY=50");
        using var client = wego.Client(protocol);
        var (trace, parent) = (ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());
        var options = new RpcCallOptions { BearerToken = SandboxTokens.TeamA, Timeout = TimeSpan.FromSeconds(60) };
        options.Headers.TraceParent = $"00-{trace}-{parent}-01";

        await client.CallAsync<AddPackageRepositoryResponse>(
            Wire.Repositories("AddPackageRepository"), Wire.Add("team-a", "traced", wego.SampleRepository), options, TestContext.Current.CancellationToken);

        await receiver.WaitUntilAsync(r => r.Spans.Any(s => s.TraceId == trace && s.Scope == "Microsoft.AspNetCore" && s.ParentId == parent));
        var spans = receiver.Spans.Where(s => s.TraceId == trace).ToDictionary(s => s.SpanId, StringComparer.Ordinal);
        var create = spans.Values.Single(s => s is { Scope: "Wego.Kubernetes", Name: "create helmrepositories" });
        var chain = new List<OtlpSpan>();
        for (var span = create; span is not null; span = spans.GetValueOrDefault(span.ParentId))
        {
            chain.Insert(0, span);
        }

        chain.Select(s => (s.Scope, s.Kind, s.Name)).ShouldBe(
        [
            ("Microsoft.AspNetCore", OtlpSpanKind.Server, "POST"),
            ("Wego.Rpc", OtlpSpanKind.Server, "kubeappsapis.core.packages.v1alpha1.RepositoriesService/AddPackageRepository"),
            ("Microsoft.Orleans.Application", OtlpSpanKind.Client, "IRepositoryGrain/AddAsync"),
            ("Microsoft.Orleans.Application", OtlpSpanKind.Server, "IRepositoryGrain/AddAsync"),
            ("Wego.Kubernetes", OtlpSpanKind.Client, "create helmrepositories"),
        ]);
        chain[0].ParentId.ShouldBe(parent);
        chain[0].Attributes["http.response.status_code"].ShouldBe("200");
        chain[0].Attributes["url.path"].ShouldBe("/kubeappsapis.core.packages.v1alpha1.RepositoriesService/AddPackageRepository");
        chain[1].Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}").ShouldBe(
        [
            "rpc.method=kubeappsapis.core.packages.v1alpha1.RepositoriesService/AddPackageRepository",
            "rpc.response.status_code=OK",
            $"rpc.system.name={(protocol == RpcClientProtocol.Grpc ? "grpc" : "connectrpc")}",
            "wego.rpc.kind=unary",
        ]);
        create.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}").ShouldBe(
        [
            "http.response.status_code=201", "k8s.cluster.name=default", "wego.kubernetes.group=source.toolkit.fluxcd.io", "wego.kubernetes.resource=helmrepositories", "wego.kubernetes.verb=create",
        ]);

        // What goes over the wire carries the trace on.
        var request = spans.Values.Single(s => s.ParentId == create.SpanId && s.Scope == "System.Net.Http");
        request.Attributes["http.request.method"].ShouldBe("POST");
        spans.Values.SelectMany(s => s.Attributes.Values).ShouldNotContain(v => v.Contains(SandboxTokens.TeamA, StringComparison.Ordinal));
    }
}
