using System.Diagnostics;
using System.Globalization;
using System.Net;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd.Silos;

/// <summary>
/// A network namespace for each silo, all on one switch, which is a namespace of its own. Beside it each has a line to this process, by
/// which it reaches the API server and is reached by clients, so that silos can be cut from each other and from nothing else.
/// </summary>
internal sealed class SiloNetwork : IAsyncDisposable
{
    // Removes what was made also where the test process is killed.
    private const string Remover = "trap 'for n in \"$@\"; do ip netns del \"$n\"; done; exit 0' TERM; while :; do sleep 1; done";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wego-network-");
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"wego{Environment.ProcessId}");
    private readonly SupervisedProcess _remover;
    private readonly List<TcpRelay> _relays = [];

    private SiloNetwork(int silos)
    {
        string[] names = [Switch, .. Enumerable.Range(1, silos).Select(Name)];
        _remover = SupervisedProcess.Start(Path.Combine(_folder.FullName, "log"), "/bin/sh", ["-c", Remover, "sh", .. names]);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>This process, as the silos see it.</summary>
    private IPAddress Here { get; } = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.254.{Environment.ProcessId % 256}.254"));

    private string Switch => $"{_prefix}-switch";

    /// <summary>Makes the network. Skips the test where this machine does not let it.</summary>
    public static async Task<SiloNetwork> StartAsync(int silos)
    {
        var network = new SiloNetwork(silos);
        try
        {
            if (await network.MissingReasonAsync() is { } reason)
            {
                Assert.Skip($"no network namespaces can be made here (root and iproute2 are needed): {reason}");
            }

            for (var silo = 1; silo <= silos; silo++)
            {
                await network.AddAsync(silo);
            }

            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets silos reach a server of this process, or one on loopback.</summary>
    /// <returns>Its address for them.</returns>
    public Uri Reach(Uri server)
    {
        var relay = TcpRelay.Start(Here, new IPEndPoint(IPAddress.Loopback, server.Port));
        _relays.Add(relay);
        return new UriBuilder(server) { Host = Here.ToString(), Port = relay.Port }.Uri;
    }

    /// <summary>The place of a silo, counted from 1.</summary>
    public SiloPlace Place(int silo, Uri apiServer) => new(Outside(silo), Inside(silo), ["ip", "netns", "exec", Name(silo)], apiServer);

    /// <summary>From now on what a silo and the others send to each other is lost.</summary>
    public Task CutAsync(int silo) => RunAsync("netns", "exec", Switch, "ip", "link", "set", Port(silo), "down");

    public Task HealAsync(int silo) => RunAsync("netns", "exec", Switch, "ip", "link", "set", Port(silo), "up");

    public async ValueTask DisposeAsync()
    {
        foreach (var relay in _relays)
        {
            await relay.DisposeAsync();
        }

        await _remover.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<string?> MissingReasonAsync()
    {
        foreach (var command in (string[][])[
            ["netns", "add", Switch],
            ["netns", "exec", Switch, "ip", "link", "add", "switch", "type", "bridge"],
            ["netns", "exec", Switch, "ip", "link", "add", "one", "type", "veth", "peer", "name", "other"],
            ["netns", "exec", Switch, "ip", "link", "del", "one"]])
        {
            if (await TryAsync(command) is { } reason)
            {
                return reason;
            }
        }

        await RunAsync("netns", "exec", Switch, "ip", "link", "set", "switch", "up");
        return null;
    }

    private async Task AddAsync(int silo)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{_prefix}l{silo}");
        await RunAsync("netns", "add", Name(silo));
        await InAsync("link", "set", "lo", "up");
        await RunAsync("-n", Switch, "link", "add", Port(silo), "type", "veth", "peer", "name", "silos", "netns", Name(silo));
        await RunAsync("-n", Switch, "link", "set", Port(silo), "master", "switch", "up");
        await InAsync("addr", "add", $"{Inside(silo)}/24", "dev", "silos");
        await InAsync("link", "set", "silos", "up");

        // It goes with the namespace at its other end.
        await RunAsync("-n", Name(silo), "link", "add", "line", "type", "veth", "peer", "name", line);
        await RunAsync("-n", Name(silo), "link", "set", line, "netns", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}"));
        await RunAsync("addr", "add", Here.ToString(), "peer", Outside(silo).ToString(), "dev", line);
        await RunAsync("link", "set", line, "up");
        await InAsync("addr", "add", Outside(silo).ToString(), "peer", Here.ToString(), "dev", "line");
        await InAsync("link", "set", "line", "up");

        Task InAsync(params string[] command) => RunAsync(["-n", Name(silo), .. command]);
    }

    private string Name(int silo) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{silo}");

    private static string Port(int silo) => string.Create(CultureInfo.InvariantCulture, $"port{silo}");

    private static IPAddress Inside(int silo) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.253.0.{silo}"));

    private static IPAddress Outside(int silo) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.254.{Environment.ProcessId % 256}.{silo}"));

    private static async Task RunAsync(params string[] command)
    {
        if (await TryAsync(command) is { } reason)
        {
            throw new InvalidOperationException(reason);
        }
    }

    /// <returns>Why it failed; null where it did not.</returns>
    private static async Task<string?> TryAsync(params string[] command)
    {
        var what = $"ip {string.Join(' ', command)}";
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", command) { RedirectStandardError = true, UseShellExecute = false })!;
            var error = await process.StandardError.ReadToEndAsync(Cancellation);
            await process.WaitForExitAsync(Cancellation);
            return process.ExitCode == 0 ? null : $"{what}: {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{what}: {e.Message}";
        }
    }
}
