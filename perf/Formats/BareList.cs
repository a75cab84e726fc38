using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Wego.Testing.ApiServers;

namespace Wego.Perf.Formats;

/// <summary>What Wego's list is compared with: the same Secrets asked for page by page in JSON, every page read to its end and thrown away.</summary>
internal static class BareList
{
    /// <summary>The argument with which this program makes one such list and prints how many milliseconds it took.</summary>
    public const string Argument = "bare-list";

    private const string Pages = "/api/v1/secrets?limit=500&labelSelector=owner%3Dhelm&fieldSelector=type%3Dhelm.sh%2Frelease.v1&continue=";

    /// <summary>Reads all pages; tells how many bytes they have.</summary>
    public static async Task<long> ReadAsync(HttpClient http)
    {
        var (bytes, token) = (0L, "");
        do
        {
            var page = await http.GetByteArrayAsync(Pages + token);
            bytes += page.Length;
            var at = page.AsSpan().IndexOf("\"continue\":\""u8);
            var rest = at < 0 ? default : page.AsSpan(at + 12);
            token = at < 0 ? "" : Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
        }
        while (token.Length > 0);
        return bytes;
    }

    /// <summary>Has a process that has just started make the list, as Wego has just started; its start is not counted.</summary>
    public static async Task<TimeSpan> TimeInNewProcessAsync(string kubeconfig)
    {
        var milliseconds = await ChildProcess.ReadAsync(Environment.ProcessPath!, Argument, kubeconfig);
        return TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture));
    }

    /// <summary>What the new process does.</summary>
    public static async Task RunAsync(string kubeconfig)
    {
        var settings = JsonDocument.Parse(await File.ReadAllBytesAsync(kubeconfig)).RootElement;
        var cluster = settings.GetProperty("clusters")[0].GetProperty("cluster");
        var authority = Encoding.ASCII.GetString(cluster.GetProperty("certificate-authority-data").GetBytesFromBase64());
        using var http = new HttpClient(ServingCertificate.CreateHandler(authority)) { BaseAddress = new Uri(cluster.GetProperty("server").GetString()!) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.GetProperty("users")[0].GetProperty("user").GetProperty("token").GetString());

        var start = Stopwatch.GetTimestamp();
        await ReadAsync(http);
        Console.Write(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }
}
