using Wego.Rpc;

namespace Wego.Frontend;

/// <summary>Names the repositories that are missing in a page because they could not answer; their status tells more.</summary>
internal static class MissingRepositories
{
    /// <summary>The response header: <c>NAMESPACE/NAME=CODE</c>, separated by commas.</summary>
    public const string Header = "wego-missing-repositories";

    public static void Tell(RpcContext context, IEnumerable<string> missing)
    {
        var names = string.Join(',', missing);
        if (names.Length > 0)
        {
            context.ResponseHeaders[Header] = names;
        }
    }
}
