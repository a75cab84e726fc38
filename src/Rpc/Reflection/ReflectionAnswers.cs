using Google.Protobuf.Reflection;
using Grpc.Reflection.V1;

namespace Wego.Rpc.Reflection;

/// <summary>Answers reflection requests from the descriptors of what is served.</summary>
internal sealed class ReflectionAnswers(RpcMethodRegistry registry)
{
    private volatile SymbolIndex _index = new(registry.Files);

    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse
                {
                    Service = { registry.Services.Select(s => s.FullName).Order(StringComparer.Ordinal).Select(name => new ServiceResponse { Name = name }) },
                };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                SetFile(response, Index.FindFile(request.FileByFilename), $"file '{request.FileByFilename}'");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                SetFile(response, Index.FindSymbol(request.FileContainingSymbol), $"symbol '{request.FileContainingSymbol}'");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                SetFile(
                    response,
                    Index.FindExtension(extension.ContainingType, extension.ExtensionNumber),
                    FormattableString.Invariant($"extension {extension.ExtensionNumber} of '{extension.ContainingType}'"));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                SetExtensionNumbers(response, request.AllExtensionNumbersOfType);
                break;
            default:
                response.ErrorResponse = Error(RpcStatusCode.InvalidArgument, "The request asks for nothing that this server knows; set one of its fields.");
                break;
        }

        return response;
    }

    /// <summary>The index of all services; made anew where a service has been added.</summary>
    private SymbolIndex Index
    {
        get
        {
            var index = _index;
            if (index.Source != registry.Files)
            {
                _index = index = new SymbolIndex(registry.Files);
            }

            return index;
        }
    }

    private static void SetFile(ServerReflectionResponse response, FileDescriptor? file, string what)
    {
        if (file is null)
        {
            response.ErrorResponse = Error(RpcStatusCode.NotFound, $"This server has no {what}.");
            return;
        }

        var files = new List<FileDescriptor>();
        Collect(file, files);
        response.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { files.Select(f => f.SerializedData) } };
    }

    // With its imports, so that a client can build the file's types from one answer.
    private static void Collect(FileDescriptor file, List<FileDescriptor> files)
    {
        if (files.Contains(file))
        {
            return;
        }

        files.Add(file);
        foreach (var import in file.Dependencies)
        {
            Collect(import, files);
        }
    }

    private void SetExtensionNumbers(ServerReflectionResponse response, string type)
    {
        if (Index.FindExtensionNumbers(type) is not { } numbers)
        {
            response.ErrorResponse = Error(RpcStatusCode.NotFound, $"This server has no message '{type}'.");
            return;
        }

        response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type, ExtensionNumber = { numbers } };
    }

    private static ErrorResponse Error(RpcStatusCode code, string message) => new() { ErrorCode = (int)code, ErrorMessage = message };
}
