using System.Diagnostics;

namespace Wego.Perf.Rpc;

/// <summary>Several connections to one server.</summary>
internal sealed class Load : IDisposable
{
    private readonly List<LoadConnection> _connections = [];

    public static async Task<Load> OpenAsync(Uri address, byte[] body, int connections)
    {
        var load = new Load();
        for (var i = 0; i < connections; i++)
        {
            load._connections.Add(await LoadConnection.OpenAsync(address, new RequestFrames(address, EchoServers.Path, body)));
        }

        return load;
    }

    public async Task<Rate> RunAsync(int inFlight, TimeSpan duration)
    {
        GC.Collect();
        var (start, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        // On the thread pool, like the work of the servers.
        var counts = await Task.WhenAll(_connections.Select(c => Task.Run(() => c.RunAsync(inFlight, duration))));
        var calls = counts.Sum();
        return new Rate(calls / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - busy).TotalMicroseconds / calls);
    }

    public void Dispose() => _connections.ForEach(c => c.Dispose());
}
