using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Wego.Rpc.Tests.Protos;

namespace Wego.Rpc.Tests.Support;

/// <summary>The service that every protocol is tried with.</summary>
public sealed class EchoServiceImplementation
{
    /// <summary>Completed each time a hanging method was told to stop.</summary>
    public TaskCompletionSource Stopped { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed each time a hanging method has begun.</summary>
    public TaskCompletionSource Begun { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<EchoResponse> Echo(EchoRequest request, RpcContext context)
    {
        // Metadata comes back: headers named x-* as headers, those named t-* as trailers.
        foreach (var (name, values) in context.RequestHeaders)
        {
            if (name.StartsWith("x-echo", StringComparison.OrdinalIgnoreCase))
            {
                context.ResponseHeaders.Append(name, values);
            }
            else if (name.StartsWith("t-echo", StringComparison.OrdinalIgnoreCase))
            {
                context.ResponseTrailers.Append(name, values);
            }
        }

        return Task.FromResult(Answer(request, 0));
    }

    public async IAsyncEnumerable<EchoResponse> Repeat(EchoRequest request, RpcContext context)
    {
        for (var i = 0; i < request.Count; i++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            yield return Answer(request, i);
        }

        await Task.CompletedTask;
        context.ResponseTrailers["t-echo-count"] = request.Count.ToString();
    }

    public async Task<EchoResponse> Collect(IAsyncEnumerable<EchoRequest> requests, RpcContext context)
    {
        var messages = new List<string>();
        await foreach (var request in requests)
        {
            messages.Add(request.Message);
        }

        return new EchoResponse { Message = string.Join(',', messages), Index = messages.Count };
    }

    public async IAsyncEnumerable<EchoResponse> Chat(IAsyncEnumerable<EchoRequest> requests, RpcContext context)
    {
        var index = 0;
        await foreach (var request in requests)
        {
            yield return Answer(request, index++);
        }
    }

    public Task<EchoResponse> Fail(FailRequest request, RpcContext context)
    {
        context.ResponseTrailers["t-echo-failed"] = "yes";
        throw Failure(request);
    }

    public async IAsyncEnumerable<EchoResponse> FailLater(FailRequest request, RpcContext context)
    {
        await Task.CompletedTask;
        yield return new EchoResponse { Message = "first" };
        throw Failure(request);
    }

    public async Task<EchoResponse> Hang(EchoRequest request, RpcContext context)
    {
        await HangAsync(context);
        return new EchoResponse();
    }

    public async IAsyncEnumerable<EchoResponse> HangLater(EchoRequest request, RpcContext context)
    {
        yield return Answer(request, 0);
        await HangAsync(context);
    }

    private async Task HangAsync(RpcContext context)
    {
        Begun.TrySetResult();
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        }
        finally
        {
            Stopped.TrySetResult();
        }
    }

    private static EchoResponse Answer(EchoRequest request, int index) => new()
    {
        Message = request.Message,
        Index = index,
        Data = request.ResponseSize > 0 ? ByteString.CopyFrom(new byte[request.ResponseSize]) : request.Data,
        CustomTypeUrl = request.Custom?.TypeUrl ?? string.Empty,
    };

    private static Exception Failure(FailRequest request) => request.Crash
        ? new InvalidOperationException("secret-of-the-house")
        : new RpcException(
            (RpcStatusCode)request.Code,
            request.Message,
            request.Detail.Length > 0 ? [Any.Pack(new FailDetail { Text = request.Detail })] : null);
}
