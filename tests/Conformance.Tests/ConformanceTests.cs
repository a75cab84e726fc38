using System.Text.Json.Nodes;
using Google.Protobuf;
using Wego.Rpc;

namespace Wego.Conformance;

/// <summary>Runs the cases of one table of <c>Golden</c>. Tables are classes of their own so that they run side by side.</summary>
public abstract class ConformanceTests(string table)
{
    /// <summary>The table's folder.</summary>
    internal string Table => table;

    /// <summary>The cases of a table.</summary>
    protected static IEnumerable<TheoryDataRow<string>> CasesOf(string table) => ConformanceCase.Of(table).Select(name => new TheoryDataRow<string>(name));

    /// <summary>The cases of a table whose operations run the <c>helm</c> program; skipped where that is missing.</summary>
    protected static IEnumerable<TheoryDataRow<string>> CasesWithHelmOf(string table) =>
        CasesOf(table).Select(row => new TheoryDataRow<string>(row.Data) { Skip = HelmPrograms.MissingReason() });

    /// <summary>Runs a case against a server of its own.</summary>
    protected async Task RunAsync(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var conformanceCase = new ConformanceCase(table, name);
        using var log = new TestLog();
        await using var server = await ConformanceServer.StartAsync(conformanceCase, log, cancellationToken);
        try
        {
            var answers = await AnswersAsync(conformanceCase.Request, server, cancellationToken);
            ExpectedAnswer.Check(conformanceCase.Expected, conformanceCase.Request.Method, answers);
        }
        catch (RpcException error)
        {
            ExpectedAnswer.Check(conformanceCase.Expected, error);
        }

        ClusterFile.Differences(conformanceCase.ClusterAfter, server.Store).ShouldBeEmpty();
        ReleaseFile.Differences(conformanceCase.ReleasesAfter, server.Store).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<JsonObject>> AnswersAsync(CaseRequest request, ConformanceServer server, CancellationToken cancellationToken)
    {
        var message = request.Message;
        for (var page = 1; ; page++)
        {
            var answers = await server.CallAsync(request, message, cancellationToken);
            if (page == request.Page)
            {
                return [.. answers.Select(WireContract.Format)];
            }

            message = NextPage(request.Message, answers.Single());
        }
    }

    private static IMessage NextPage(IMessage request, IMessage answer)
    {
        var token = WireContract.Format(answer)["nextPageToken"]?.GetValue<string>();
        token.ShouldNotBeNullOrEmpty("there is no further page");
        var json = WireContract.Format(request);
        json["paginationOptions"]!["pageToken"] = token;
        return WireContract.Parse(json, request.Descriptor);
    }
}
