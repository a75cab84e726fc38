// Unary gRPC calls with a 1 KiB message through Wego's RPC runtime, against a bare Kestrel HTTP/2 endpoint that returns the
// same bytes. One process and one load generator for both, by turns, so that only the ratio matters and not the machine.
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Google.Protobuf;
using Wego.Perf.Rpc;
using Wego.Rpc.Client;

const int Connections = 4, InFlight = 16, MessageSize = 1024, WarmUpRounds = 8;
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 31;
var duration = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 0.5);

// A tag and a length of two bytes go before the payload.
var message = new EchoMessage { Payload = ByteString.CopyFrom(Enumerable.Range(0, MessageSize - 3).Select(i => (byte)i).ToArray()) };
byte[] body = [0, 0, 0, 0, 0, .. message.ToByteArray()];
BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), body.Length - 5);

await using var bare = await EchoServers.StartBareAsync();
await using var rpc = await EchoServers.StartRpcAsync();
var (bareAddress, rpcAddress) = (new Uri(bare.Urls.First()), new Uri(rpc.Urls.First()));
await CheckAsync();

using var bareLoad = await Load.OpenAsync(bareAddress, body, Connections);
using var rpcLoad = await Load.OpenAsync(rpcAddress, body, Connections);
var (bareRates, rpcRates) = (new List<Rate>(), new List<Rate>());
for (var round = -WarmUpRounds; round < rounds; round++)
{
    // Each goes first in every other round.
    var first = await (round % 2 == 0 ? bareLoad : rpcLoad).RunAsync(InFlight, duration);
    var second = await (round % 2 == 0 ? rpcLoad : bareLoad).RunAsync(InFlight, duration);
    var (bareRate, rpcRate) = round % 2 == 0 ? (first, second) : (second, first);
    if (round >= 0)
    {
        bareRates.Add(bareRate);
        rpcRates.Add(rpcRate);
    }
}

await rpc.StopAsync();
await bare.StopAsync();
var ratios = bareRates.Zip(rpcRates, (b, r) => r.CallsPerSecond / b.CallsPerSecond).Order().ToList();
var costs = bareRates.Zip(rpcRates, (b, r) => b.Processor / r.Processor).ToList();
Print($"load             {Connections} connections with {InFlight} calls in flight each, {body.Length - 5} byte messages, {rounds} rounds of {duration.TotalSeconds} s");
Print($"bare Kestrel     {Median(bareRates.Select(r => r.CallsPerSecond)):F0} calls/s, {Median(bareRates.Select(r => r.Processor)):F1} us of processor time each (medians)");
Print($"Wego.Rpc         {Median(rpcRates.Select(r => r.CallsPerSecond)):F0} calls/s, {Median(rpcRates.Select(r => r.Processor)):F1} us");
Print($"ratio            {Median(ratios):F2} of its throughput (at least 0.8), from {ratios[0]:F2} to {ratios[^1]:F2}");
Print($"by processor     {Median(costs):F2}, the same ratio by processor time per call");
return;

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

// The load only counts bytes: look at one whole answer of each server before.
async Task CheckAsync()
{
    using var client = new RpcClient(rpcAddress);
    var answer = await client.CallAsync<EchoMessage>(EchoReflection.Descriptor.Services[0].Methods[0], message);
    using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    using var content = new ByteArrayContent(body);
    using var response = await http.PostAsync(bareAddress, content);
    if (!answer.Equals(message) || !(await response.Content.ReadAsByteArrayAsync()).SequenceEqual(body))
    {
        throw new InvalidDataException("A server does not answer with what it was sent.");
    }
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
