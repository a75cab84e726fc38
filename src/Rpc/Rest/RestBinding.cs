using Google.Protobuf.Reflection;
using Wego.Rpc.Rest.Binding;
using Wego.Rpc.Rest.Templates;

namespace Wego.Rpc.Rest;

/// <summary>One HTTP method and path template at which an RPC can be called.</summary>
internal sealed class RestBinding
{
    /// <summary>The body selector that means the whole request message.</summary>
    public const string WholeMessage = "*";

    public required RpcEndpoint Endpoint { get; init; }

    /// <summary>In upper case.</summary>
    public required string HttpMethod { get; init; }

    public required PathTemplate Template { get; init; }

    /// <summary>The fields that the path fills.</summary>
    public required IReadOnlyList<PathField> PathFields { get; init; }

    /// <summary>True where the body is the whole request message, so that the query says nothing.</summary>
    public required bool HasMessageBody { get; init; }

    /// <summary>The field that the body fills; null where the body fills none, or the whole message.</summary>
    public required FieldDescriptor? BodyField { get; init; }

    /// <summary>The response field that is sent in place of the whole response; null for the whole.</summary>
    public required FieldDescriptor? ResponseField { get; init; }

    /// <summary>The message of requests.</summary>
    public MessageDescriptor Input => Endpoint.Descriptor.InputType;

    /// <summary>True where the request has a body that is read.</summary>
    public bool HasBody => HasMessageBody || BodyField is not null;

    /// <inheritdoc/>
    public override string ToString() => $"{HttpMethod} {Template} ({Endpoint})";
}
