using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace Wego.Rpc.Tests.Reflection;

public sealed class ReflectionTests
{
    [Fact]
    public async Task Services_are_listed_in_order()
    {
        var answer = await AskAsync(new ServerReflectionRequest { Host = "here", ListServices = "*" });

        answer.ValidHost.ShouldBe("here");
        answer.OriginalRequest.ListServices.ShouldBe("*");
        answer.ListServicesResponse.Service.Select(s => s.Name).ShouldBe(
        [
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection",
            "wego.rpc.test.v1.EchoService",
            "wego.rpc.test.v1.ThingService",
        ]);
    }

    [Theory]
    [InlineData("wego.rpc.test.v1.ThingService", "things.proto")]
    [InlineData("wego.rpc.test.v1.ThingService.Get", "things.proto")]
    [InlineData("wego.rpc.test.v1.Thing", "things.proto")]
    [InlineData("wego.rpc.test.v1.Thing.Child", "things.proto")]
    [InlineData("wego.rpc.test.v1.Thing.big_number", "things.proto")]
    [InlineData("wego.rpc.test.v1.Thing.choice", "things.proto")]
    [InlineData("wego.rpc.test.v1.Color", "things.proto")]
    [InlineData("wego.rpc.test.v1.COLOR_RED", "things.proto")]
    [InlineData("google.api.http", "google/api/annotations.proto")]
    [InlineData("google.protobuf.Timestamp", "google/protobuf/timestamp.proto")]
    public async Task A_symbol_leads_to_its_file(string symbol, string file)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });

        Files(answer)[0].Name.ShouldBe(file);
    }

    [Fact]
    public async Task A_file_comes_with_everything_that_a_client_needs_to_build_it()
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileByFilename = "things.proto" });

        // Built from imports to importers, as a generic client does.
        var files = FileDescriptor.BuildFromByteStrings(
            answer.FileDescriptorResponse.FileDescriptorProto.Reverse().OrderBy(bytes => Depth(bytes, answer)),
            new ExtensionRegistry());
        files.ShouldContain(f => f.Name == "google/protobuf/descriptor.proto");
        files.Single(f => f.Name == "things.proto").Services[0].Methods.Count.ShouldBe(ThingsReflection.Descriptor.Services[0].Methods.Count);
    }

    [Fact]
    public async Task An_extension_is_found_by_number()
    {
        const string Options = "google.protobuf.MethodOptions";

        var file = await AskAsync(new ServerReflectionRequest { FileContainingExtension = new() { ContainingType = Options, ExtensionNumber = 72295728 } });
        var numbers = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = Options });
        var none = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "wego.rpc.test.v1.Thing" });

        Files(file)[0].Name.ShouldBe("google/api/annotations.proto");
        numbers.AllExtensionNumbersResponse.BaseTypeName.ShouldBe(Options);
        numbers.AllExtensionNumbersResponse.ExtensionNumber.ShouldBe([72295728]);
        none.AllExtensionNumbersResponse.ExtensionNumber.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_answered_is_an_answer_and_the_stream_goes_on()
    {
        var answers = await AskAllAsync(
            new ServerReflectionRequest { FileContainingSymbol = "no.Such" },
            new ServerReflectionRequest { FileByFilename = "no.proto" },
            new ServerReflectionRequest { FileContainingExtension = new() { ContainingType = "google.protobuf.MethodOptions", ExtensionNumber = 1 } },
            new ServerReflectionRequest { AllExtensionNumbersOfType = "no.Such" },
            new ServerReflectionRequest(),
            new ServerReflectionRequest { ListServices = "" });

        answers.Select(a => (RpcStatusCode)(a.ErrorResponse?.ErrorCode ?? 0)).ShouldBe(
            [RpcStatusCode.NotFound, RpcStatusCode.NotFound, RpcStatusCode.NotFound, RpcStatusCode.NotFound, RpcStatusCode.InvalidArgument, RpcStatusCode.OK]);
        answers[0].ErrorResponse.ErrorMessage.ShouldContain("no.Such");
    }

    [Fact]
    public async Task The_older_name_answers_the_same()
    {
        await using var server = await StartAsync();
        var request = new ServerReflectionRequest { FileContainingSymbol = "wego.rpc.test.v1.Thing" };

        var (status, messages) = await RawGrpc.CallAsync(
            server.Address, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", request.ToByteArray());

        status.ShouldBe(0);
        var answer = V1Alpha.ServerReflectionResponse.Parser.ParseFrom(messages.Single());
        answer.ToByteString().ShouldBe((await AskAsync(request)).ToByteString());
    }

    private static int Depth(ByteString file, ServerReflectionResponse answer)
    {
        var all = Files(answer).ToDictionary(f => f.Name);
        return Measure(FileDescriptorProto.Parser.ParseFrom(file));

        int Measure(FileDescriptorProto f) => f.Dependency.Count == 0 ? 0 : 1 + f.Dependency.Max(d => Measure(all[d]));
    }

    private static FileDescriptorProto[] Files(ServerReflectionResponse answer) =>
        [.. answer.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom)];

    private static Task<EchoServer> StartAsync() => EchoServer.StartAsync(app: app =>
    {
        app.MapRpcService(ThingsReflection.Descriptor.Services[0], new ThingServiceImplementation());
        app.MapRpcReflection();
    });

    private static async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request) => (await AskAllAsync(request)).Single();

    private static async Task<ServerReflectionResponse[]> AskAllAsync(params ServerReflectionRequest[] requests)
    {
        await using var server = await StartAsync();
        var (status, messages) = await RawGrpc.CallAsync(
            server.Address, "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", [.. requests.Select(r => r.ToByteArray())]);
        status.ShouldBe(0);
        return [.. messages.Select(ServerReflectionResponse.Parser.ParseFrom)];
    }
}
