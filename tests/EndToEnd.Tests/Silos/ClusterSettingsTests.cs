using Wego.Silo;

namespace Wego.EndToEnd.Silos;

/// <summary>A setting of the cluster that cannot be right names its key and the remedy.</summary>
public sealed class ClusterSettingsTests
{
    // A file that is certainly there, and no certificate.
    private static readonly string s_text = Path.Combine(AppContext.BaseDirectory, "siloclusters.yaml");

    [Fact]
    public void A_pod_needs_no_setting()
    {
        var options = SiloClusterOptions.From(name => name switch { "POD_IP" => "10.1.2.3", "POD_NAME" => "wego-0", "POD_NAMESPACE" => "wego-system", _ => null });
        SiloClusterOptionsValidator.Check(options, isProduction: true).ShouldBeEmpty();
        options.Membership.ShouldBe(ClusterMembership.Kubernetes);
        options.SiloName.ShouldBe("wego-0");
    }

    [Fact]
    public void A_cluster_of_one_is_refused_in_production_only()
    {
        var options = SiloClusterOptions.From(_ => null);
        SiloClusterOptionsValidator.Check(options, isProduction: false).ShouldBeEmpty();
        SiloClusterOptionsValidator.Check(options, isProduction: true).ShouldHaveSingleItem().ShouldContain("Wego:Cluster:Membership is Localhost");
    }

    [Theory]
    [InlineData("ClusterId", "Wego:Cluster:ClusterId is 'Not A Name'")]
    [InlineData("ServiceId", "Wego:Cluster:ServiceId is empty")]
    [InlineData("SiloPort", "Wego:Cluster:SiloPort is 70000; it must be from 1 to 65535.")]
    [InlineData("SamePorts", "Wego:Cluster:SiloPort and Wego:Cluster:GatewayPort are both 30000")]
    [InlineData("Namespace", "set it, or POD_NAMESPACE,")]
    [InlineData("Address", "set it, or POD_IP, to the IP address of this process")]
    [InlineData("AnyAddress", "at which nobody can be reached")]
    [InlineData("HalfTls", "Wego:Cluster:Tls: Certificate, Key and Authority go together")]
    [InlineData("TlsFile", "Wego:Cluster:Tls:Authority is /nowhere/ca.crt, which does not exist")]
    [InlineData("TlsText", "Wego:Cluster:Tls:Authority, {file}, holds no certificate; it must hold certificates in PEM.")]
    [InlineData("TlsInterval", "Wego:Cluster:Tls:ReloadInterval is 00:00:00; it must be from 00:00:00.001 to 1.00:00:00, for example 00:00:30.")]
    public void A_wrong_value_names_its_key_and_the_remedy(string what, string message)
    {
        var options = new SiloClusterOptions { Membership = ClusterMembership.Kubernetes, AdvertisedAddress = "10.1.2.3", Namespace = "wego-system" };
        switch (what)
        {
            case "ClusterId": options.ClusterId = "Not A Name"; break;
            case "ServiceId": options.ServiceId = ""; break;
            case "SiloPort": options.SiloPort = 70000; break;
            case "SamePorts": options.SiloPort = options.GatewayPort; break;
            case "Namespace": options.Namespace = ""; break;
            case "Address": options.AdvertisedAddress = "wego.wego-system.svc"; break;
            case "AnyAddress": options.AdvertisedAddress = "0.0.0.0"; break;
            case "HalfTls": options.Tls.Certificate = Environment.ProcessPath!; break;
            case "TlsFile": options.Tls = new SiloTlsOptions { Certificate = Environment.ProcessPath!, Key = Environment.ProcessPath!, Authority = "/nowhere/ca.crt" }; break;
            case "TlsText": options.Tls = new SiloTlsOptions { Certificate = s_text, Key = s_text, Authority = s_text }; break;
            case "TlsInterval": options.Tls.ReloadInterval = TimeSpan.Zero; break;
            default: throw new ArgumentException(what, nameof(what));
        }

        SiloClusterOptionsValidator.Check(options, isProduction: true).ShouldContain(m => m.Contains(message.Replace("{file}", s_text, StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--Wego:Roles=frontend", "Wego:Roles is frontend, but this executable has the grain runtime of one process")]
    [InlineData("--Wego:Roles=both of them", "Wego:Roles is 'both of them'; it must be silo, frontend or both.")]
    [InlineData("--Wego:Roles=4", "Wego:Roles is '4'; it must be silo, frontend or both.")]
    [InlineData("--Wego:Cluster:Store=Redis", "Wego:Cluster:Store")]
    public void What_one_process_cannot_be_stops_the_start(string argument, string message)
    {
        var settings = new SiloSettings { Listen = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0), PluginDirectories = [], ConfigurationArguments = [argument] };
        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => WegoHost.Build(settings)).Message.ShouldContain(message);
    }
}
