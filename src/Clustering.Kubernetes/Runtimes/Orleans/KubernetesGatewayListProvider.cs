using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Wego.Clustering;

/// <summary>The members of the cluster that take clients, for frontends that are none themselves.</summary>
internal sealed class KubernetesGatewayListProvider(SiloTableStore store, IOptions<GatewayOptions> options) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => options.Value.GatewayListRefreshPeriod;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public async Task<IList<Uri>> GetGateways() =>
    [
        .. from row in (await store.ReadAsync(CancellationToken.None)).Rows
           where row is { State: SiloState.Active, GatewayPort: > 0 }
           select SiloAddress.New(row.Key.Address, row.GatewayPort, row.Key.Generation).ToGatewayUri(),
    ];
}
