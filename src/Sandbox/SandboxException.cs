namespace Wego.Sandbox;

/// <summary>The sandbox refused a direct operation, for the reason the API would have given.</summary>
public sealed class SandboxException : Exception
{
    internal SandboxException(int status, string reason, string message, Exception? inner)
        : base(message, inner)
    {
        Status = status;
        Reason = reason;
    }

    /// <summary>The HTTP status the API answers with.</summary>
    public int Status { get; }

    /// <summary>The reason of the API's Status object, for example <c>Conflict</c>.</summary>
    public string Reason { get; }
}
