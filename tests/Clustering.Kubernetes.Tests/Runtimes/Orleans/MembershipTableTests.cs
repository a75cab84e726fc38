using System.Net;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Wego.Clustering.Tests;

/// <summary>The table as Orleans uses it.</summary>
public sealed class MembershipTableTests(TestServers servers)
{
    private static readonly DateTime s_noon = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task An_entry_comes_back_whole()
    {
        using var scenario = await StartAsync();
        var table = Table(scenario);
        await table.InitializeMembershipTable(tryInitTableVersion: true);
        var entry = Entry(1, SiloStatus.Joining);
        entry.AddSuspector(Entry(2, SiloStatus.Active).SiloAddress, s_noon.AddSeconds(5));
        (await table.InsertRow(entry, (await table.ReadAll()).Version.Next())).ShouldBeTrue();

        var data = await table.ReadRow(entry.SiloAddress);
        data.Version.Version.ShouldBe(1);
        var (read, etag) = data.Members.ShouldHaveSingleItem();
        etag.ShouldBe(data.Version.VersionEtag);
        read.SiloAddress.ShouldBe(entry.SiloAddress);
        read.Status.ShouldBe(entry.Status);
        read.SiloName.ShouldBe(entry.SiloName);
        read.HostName.ShouldBe(entry.HostName);
        read.ProxyPort.ShouldBe(entry.ProxyPort);
        read.StartTime.ShouldBe(entry.StartTime);
        read.IAmAliveTime.ShouldBe(entry.IAmAliveTime);
        read.SuspectTimes.ShouldBe(entry.SuspectTimes);
    }

    [Fact]
    public async Task A_row_is_updated_under_its_etag_only()
    {
        using var scenario = await StartAsync();
        var table = Table(scenario);
        await table.InitializeMembershipTable(tryInitTableVersion: true);
        (await table.InsertRow(Entry(1, SiloStatus.Joining), (await table.ReadAll()).Version.Next())).ShouldBeTrue();
        var data = await table.ReadAll();

        (await table.UpdateRow(Entry(1, SiloStatus.Active), "another", data.Version.Next())).ShouldBeFalse();
        (await table.UpdateRow(Entry(1, SiloStatus.Active), data.Members[0].Item2, data.Version.Next())).ShouldBeTrue();
        (await table.UpdateRow(Entry(1, SiloStatus.Dead), data.Members[0].Item2, data.Version.Next())).ShouldBeFalse();

        var later = Entry(1, SiloStatus.Dead);
        later.IAmAliveTime = s_noon.AddMinutes(1);
        await table.UpdateIAmAlive(later);
        var now = await table.ReadAll();
        now.Version.Version.ShouldBe(2);
        now.Members[0].Item1.ShouldSatisfyAllConditions(e => e.Status.ShouldBe(SiloStatus.Active), e => e.IAmAliveTime.ShouldBe(later.IAmAliveTime));
    }

    [Fact]
    public async Task Gateways_are_the_members_that_take_clients()
    {
        using var scenario = await StartAsync();
        await scenario.FillAsync(TableScenario.Row(2, SiloState.Active), TableScenario.Row(4, SiloState.Dead), TableScenario.Row(6, SiloState.Active) with { GatewayPort = 0 });
        var gateways = await new KubernetesGatewayListProvider(scenario.Store, Options.Create(new GatewayOptions())).GetGateways();
        gateways.ShouldHaveSingleItem().ShouldBe(new Uri("gwy.tcp://10.0.0.2:30000/2"));
    }

    private static IMembershipTable Table(TableScenario scenario) => new KubernetesMembershipTable(
        scenario.Store, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), TimeProvider.System, NullLogger<KubernetesMembershipTable>.Instance);

    private static MembershipEntry Entry(int number, SiloStatus status) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 11111), number),
        Status = status,
        SiloName = $"wego-{number}",
        HostName = "host",
        ProxyPort = 30000,
        StartTime = s_noon,
        IAmAliveTime = s_noon.AddSeconds(1),
    };

    private async Task<TableScenario> StartAsync() => new(await servers.SandboxAsync(TestContext.Current.CancellationToken), SiloTableKind.SiloCluster);
}
