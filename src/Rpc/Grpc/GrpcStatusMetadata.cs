using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Wego.Rpc.Grpc;

/// <summary>A status as gRPC's trailers.</summary>
internal static class GrpcStatusMetadata
{

    private static readonly StringValues OK = "0";

    public static void Write(RpcStatus status, IHeaderDictionary target)
    {
        if (status.IsOK)
        {
            target[GrpcHeaderNames.Status] = OK;
            return;
        }

        target[GrpcHeaderNames.Status] = ((int)status.Code).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (status.Message.Length > 0)
        {
            target[GrpcHeaderNames.Message] = GrpcMessageText.Encode(status.Message);
        }

        if (status.Details.Count > 0)
        {
            if (RetryDelay.Find(status) is { } delay)
            {
                target[GrpcHeaderNames.RetryPushback] = ((long)delay.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            var message = new Google.Rpc.Status { Code = (int)status.Code, Message = status.Message, Details = { status.Details } };
            target[GrpcHeaderNames.StatusDetails] = RpcMetadata.Encode(message.ToByteArray());
        }
    }
}
