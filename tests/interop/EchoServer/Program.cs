// Serves the echo service on a free loopback port for clients of other makes, until its standard input ends.
// The first argument names the file that gets the service's FileDescriptorSet; the port is the first line of output.
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wego.Rpc;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenRpc(new IPEndPoint(IPAddress.Loopback, 0)));
builder.Services.AddRpc(rpc => rpc.MaxReceiveMessageSize = 1024 * 1024);
var app = builder.Build();
app.MapRpcService(EchoReflection.Descriptor.Services[0], new EchoServiceImplementation());
app.UseRpc();

if (args is [var descriptorSet])
{
    // FileDescriptorSet { repeated FileDescriptorProto file = 1; }
    await using var file = File.Create(descriptorSet);
    using var output = new CodedOutputStream(file);
    foreach (var descriptor in app.Services.GetRequiredService<RpcMethodRegistry>().Files)
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(descriptor.SerializedData);
    }
}

// Not part of the descriptor set: these are for clients that need none.
app.MapRpcService(ThingsReflection.Descriptor.Services[0], new ThingServiceImplementation());
app.MapRpcReflection();
app.UseRpcRest();

await app.StartAsync();
await Console.Out.WriteLineAsync(new Uri(app.Urls.First()).Port.ToString());
await Console.In.ReadToEndAsync();
await app.StopAsync();
