namespace Wego.Rpc.Connect;

/// <summary>The names of status codes in Connect, and the HTTP statuses they travel with (connectrpc.com/docs/protocol, "Error Codes").</summary>
internal static class ConnectCode
{
    private static readonly (string Name, int HttpStatus)[] Codes =
    [
        ("ok", 200),
        ("canceled", 499),
        ("unknown", 500),
        ("invalid_argument", 400),
        ("deadline_exceeded", 504),
        ("not_found", 404),
        ("already_exists", 409),
        ("permission_denied", 403),
        ("resource_exhausted", 429),
        ("failed_precondition", 400),
        ("aborted", 409),
        ("out_of_range", 400),
        ("unimplemented", 501),
        ("internal", 500),
        ("unavailable", 503),
        ("data_loss", 500),
        ("unauthenticated", 401),
    ];

    public static string Name(RpcStatusCode code) => Codes[(int)Known(code)].Name;

    public static int HttpStatus(RpcStatusCode code) => Codes[(int)Known(code)].HttpStatus;

    /// <summary>The code of a name; null for no known name.</summary>
    public static RpcStatusCode? Parse(string? name)
    {
        var index = Array.FindIndex(Codes, c => c.Name == name);
        return index > 0 ? (RpcStatusCode)index : null;
    }

    /// <summary>What an HTTP status means where no Connect error says more.</summary>
    public static RpcStatusCode FromHttpStatus(int status) => status switch
    {
        400 => RpcStatusCode.Internal,
        401 => RpcStatusCode.Unauthenticated,
        403 => RpcStatusCode.PermissionDenied,
        404 => RpcStatusCode.Unimplemented,
        429 or 502 or 503 or 504 => RpcStatusCode.Unavailable,
        _ => RpcStatusCode.Unknown,
    };

    private static RpcStatusCode Known(RpcStatusCode code) => (int)code >= 0 && (int)code < Codes.Length ? code : RpcStatusCode.Unknown;
}
