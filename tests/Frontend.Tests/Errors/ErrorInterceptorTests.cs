using Microsoft.AspNetCore.Http;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Rpc;

namespace Wego.Frontend.Tests.Errors;

public sealed class ErrorInterceptorTests
{
    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_code_has_the_status_of_its_name(PackageErrorCode code) =>
        (await StatusAsync(new PackageException(code, "field: remedy"))).ShouldBe((Enum.Parse<RpcStatusCode>(code.ToString()), "field: remedy"));

    [Theory]
    [InlineData(KubernetesFailure.Other, RpcStatusCode.Internal)]
    [InlineData(KubernetesFailure.BadRequest, RpcStatusCode.InvalidArgument)]
    [InlineData(KubernetesFailure.Unauthorized, RpcStatusCode.Unauthenticated)]
    [InlineData(KubernetesFailure.Forbidden, RpcStatusCode.PermissionDenied)]
    [InlineData(KubernetesFailure.NotFound, RpcStatusCode.NotFound)]
    [InlineData(KubernetesFailure.AlreadyExists, RpcStatusCode.AlreadyExists)]
    [InlineData(KubernetesFailure.Conflict, RpcStatusCode.Aborted)]
    [InlineData(KubernetesFailure.Expired, RpcStatusCode.Aborted)]
    [InlineData(KubernetesFailure.TooLarge, RpcStatusCode.InvalidArgument)]
    [InlineData(KubernetesFailure.Invalid, RpcStatusCode.InvalidArgument)]
    [InlineData(KubernetesFailure.Throttled, RpcStatusCode.ResourceExhausted)]
    [InlineData(KubernetesFailure.InternalError, RpcStatusCode.Unavailable)]
    [InlineData(KubernetesFailure.Unavailable, RpcStatusCode.Unavailable)]
    [InlineData(KubernetesFailure.Timeout, RpcStatusCode.DeadlineExceeded)]
    [InlineData(KubernetesFailure.Unreachable, RpcStatusCode.Unavailable)]
    public async Task What_the_api_server_says_has_a_status(KubernetesFailure failure, RpcStatusCode status) =>
        (await StatusAsync(new KubernetesException(failure, "words"))).ShouldBe((status, "words"));

    [Fact]
    public async Task A_grain_that_does_not_answer_is_a_deadline() =>
        (await StatusAsync(new TimeoutException("inner words"))).ShouldBe((RpcStatusCode.DeadlineExceeded, "Wego did not finish in time; the operation may still complete."));

    [Fact]
    public async Task A_grain_that_falls_silent_under_a_stream_is_no_deadline_of_the_callers()
    {
        var method = Wego.Packages.V1.PackagesReflection.Descriptor.Services.SelectMany(s => s.Methods).First(m => m.IsServerStreaming);
        var context = new RpcContext(method, new HeaderDictionary(), TestContext.Current.CancellationToken);

        var error = await Should.ThrowAsync<RpcException>(new ErrorInterceptor().InterceptAsync(context, _ => throw new TimeoutException("inner words")));

        (error.Code, error.Status.Message).ShouldBe((RpcStatusCode.Unavailable, ErrorInterceptor.Silent));
    }

    [Fact]
    public async Task When_to_try_again_is_passed_on()
    {
        var thrown = new PackageException(PackageErrorCode.Unavailable, "later") { RetryAfter = TimeSpan.FromSeconds(3) };

        var error = await Should.ThrowAsync<RpcException>(new ErrorInterceptor().InterceptAsync(Calls.Authenticated(), _ => throw thrown));

        RetryDelay.Find(error.Status).ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task What_nobody_expected_is_left_alone() =>
        await Should.ThrowAsync<InvalidOperationException>(new ErrorInterceptor().InterceptAsync(Calls.Authenticated(), _ => throw new InvalidOperationException()));

    public static TheoryData<PackageErrorCode> Codes() => [.. Enum.GetValues<PackageErrorCode>()];

    private static async Task<(RpcStatusCode Code, string Message)> StatusAsync(Exception thrown)
    {
        var error = await Should.ThrowAsync<RpcException>(new ErrorInterceptor().InterceptAsync(Calls.Authenticated(), _ => Task.FromException(thrown)));
        error.InnerException.ShouldBe(thrown);
        return (error.Code, error.Status.Message);
    }
}
