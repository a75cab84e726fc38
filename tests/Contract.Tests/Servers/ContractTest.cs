namespace Wego.Contract.Tests.Servers;

/// <summary>A class of tests that hold for every server.</summary>
public abstract class ContractTest(TestServers servers)
{
    /// <summary>Ends with the test run, and long before CI's deadline where a server hangs.</summary>
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A namespace of the test's own on the server.</summary>
    protected async Task<ApiScope> OpenAsync(ServerKind kind)
    {
        var server = await servers.GetAsync(kind, Cancel);
        return await ApiScope.OpenAsync(server, Cancel);
    }
}
