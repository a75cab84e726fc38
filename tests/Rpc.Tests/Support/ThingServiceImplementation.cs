using Google.Protobuf.WellKnownTypes;
using Wego.Rpc.Tests.Protos;

namespace Wego.Rpc.Tests.Support;

/// <summary>Answers with the request that arrived, and says in a header which method it was.</summary>
public sealed class ThingServiceImplementation
{
    /// <summary>Completed once <see cref="Hang"/> was told to stop.</summary>
    public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Thing> Get(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> GetVersions(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> GetPrefixed(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> List(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> Create(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> Update(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> UpdateChild(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> UpdateTexts(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> Delete(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> Cancel(Thing request, RpcContext context) => Answer(request, context);

    public Task<Thing> ByNumber(Thing request, RpcContext context) => Answer(request, context);

    public async IAsyncEnumerable<Thing> Watch(Thing request, RpcContext context)
    {
        await Answer(request, context);
        for (var i = 0; i < request.Number; i++)
        {
            yield return new Thing { Name = request.Name, Number = i };
        }

        if (request.Flag)
        {
            throw new RpcException(RpcStatusCode.Unavailable, "the watch broke");
        }
    }

    public async IAsyncEnumerable<Thing> Hang(Thing request, RpcContext context)
    {
        yield return request;
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        }
        finally
        {
            Stopped.TrySetResult();
        }
    }

    public Task<Thing> Fail(Thing request, RpcContext context) => throw new RpcException(
        (RpcStatusCode)request.Number,
        request.Name,
        [Any.Pack(new FailDetail { Text = "known" }), new Any { TypeUrl = "type.googleapis.com/unknown.Type" }]);

    public Task<Thing> Unbound(Thing request, RpcContext context) => Answer(request, context);

    private static Task<Thing> Answer(Thing request, RpcContext context)
    {
        context.ResponseHeaders["Rpc"] = context.Method.Name;
        context.ResponseHeaders["Token"] = context.BearerToken ?? "none";
        return Task.FromResult(request);
    }
}
