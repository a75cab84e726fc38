using Wego.Testing.ApiServers;

namespace Wego.EndToEnd.Silos;

/// <summary>Silos and frontends find each other with the rights that the chart grants them, each of which they use.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class SiloRightsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wego-silo-rights-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_rights_are_enough_and_none_is_superfluous()
    {
        var log = Path.Combine(_folder.FullName, "audit.log");
        await using (var cluster = await SiloCluster.StartAsync(log))
        {
            await cluster.StartProcessAsync("silo", "--Wego:Roles=silo");
            var frontend = await cluster.StartProcessAsync("frontend", "--Wego:Roles=frontend");
            using var client = frontend.Client();
            await cluster.Journey(client).RunAsync("rights");
        }

        var requests = new AuditLog(log).Of("system:serviceaccount:wego-system:wego");
        requests.Where(r => !r.Allowed).ShouldBeEmpty("rights that Wego lacks");
        requests.Where(r => r.Right.StartsWith("wego.dev ", StringComparison.Ordinal)).Select(r => (r.Right, r.Namespace)).Distinct()
            .ShouldBe([("wego.dev siloclusters create", SiloCluster.Namespace), ("wego.dev siloclusters get", SiloCluster.Namespace), ("wego.dev siloclusters update", SiloCluster.Namespace)], ignoreOrder: true);
    }
}
