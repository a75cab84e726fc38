namespace Wego.Rpc.Tests.Support;

/// <summary>The formats as data of theories.</summary>
public static class CallFormats
{
    public static TheoryData<string> All => [.. CallFormat.All.Select(f => f.ContentType)];

    /// <summary>Those by which a unary method can be called.</summary>
    public static TheoryData<string> Unary => [.. CallFormat.All.Where(f => !f.IsConnectStreaming).Select(f => f.ContentType)];

    /// <summary>Those by which a streaming method can be called.</summary>
    public static TheoryData<string> Streaming => [.. CallFormat.All.Where(f => !f.IsConnectUnary).Select(f => f.ContentType)];
}
