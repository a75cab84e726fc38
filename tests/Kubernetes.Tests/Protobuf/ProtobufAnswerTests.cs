using Google.Protobuf;
using Wego.Kubernetes.Protobuf;

namespace Wego.Kubernetes.Tests.Protobuf;

public sealed class ProtobufAnswerTests
{
    private static readonly ApiRequest Request = new("list", HttpMethod.Get, "/", "secrets");

    [Fact]
    public void RefusalsKeepTheirReasonAndCauses()
    {
        var status = new Status
        {
            Status_ = "Failure",
            Message = "too many",
            Reason = "TooManyRequests",
            Code = 429,
            Details = new StatusDetails { RetryAfterSeconds = 3, Causes = { new Wego.Kubernetes.Protobuf.StatusCause { Reason = "r", Message = "m", Field = "f" } } },
        };
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.TooManyRequests);

        var error = StatusReader.FromResponse(Request, response, ProtobufBytes.Answer("Status", status.ToByteArray()), TimeProvider.System);

        error.Failure.ShouldBe(KubernetesFailure.Throttled);
        error.Message.ShouldBe("list secrets: too many (429 TooManyRequests).");
        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(3));
        error.Causes.ShouldBe([new StatusCause("r", "m", "f")]);
    }
}
