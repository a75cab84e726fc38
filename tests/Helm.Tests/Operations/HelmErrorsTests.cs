using Wego.Plugins;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Operations;

/// <summary>What Helm 3 and 4, the API server and its clients say, and the code that a caller gets for it.</summary>
public sealed class HelmErrorsTests
{
    [Theory]
    [InlineData(PackageErrorCode.AlreadyExists, "Error: INSTALLATION FAILED: cannot re-use a name that is still in use")]
    [InlineData(PackageErrorCode.AlreadyExists, "Error: INSTALLATION FAILED: release name check failed: cannot reuse a name that is still in use")]
    [InlineData(PackageErrorCode.Aborted, "Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress")]
    [InlineData(PackageErrorCode.Aborted, "Error: UPGRADE FAILED: create: failed to create: release: already exists")]
    [InlineData(PackageErrorCode.Aborted, "Error: UPGRADE FAILED: cannot patch \"web\" with kind Deployment: Operation cannot be fulfilled on deployments.apps \"web\": the object has been modified")]
    [InlineData(PackageErrorCode.PermissionDenied, "Error: query: failed to query with labels: secrets is forbidden: User \"jane\" cannot list resource \"secrets\" in API group \"\" in the namespace \"a\"")]
    [InlineData(PackageErrorCode.Unauthenticated, "Error: Kubernetes cluster unreachable: the server has asked for the client to provide credentials")]
    [InlineData(PackageErrorCode.Unauthenticated, "Error: Unauthorized")]
    [InlineData(PackageErrorCode.NotFound, "Error: uninstall: Release not loaded: web: release: not found")]
    [InlineData(PackageErrorCode.NotFound, "Error: release has no 7 version")]
    [InlineData(PackageErrorCode.NotFound, "Error: INSTALLATION FAILED: create: failed to create: namespaces \"nowhere\" not found")]
    [InlineData(PackageErrorCode.FailedPrecondition, "Error: INSTALLATION FAILED: An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: postgresql")]
    [InlineData(PackageErrorCode.FailedPrecondition, "Error: INSTALLATION FAILED: chart requires kubeVersion: >=1.99.0 which is incompatible with Kubernetes v1.20.2")]
    [InlineData(PackageErrorCode.FailedPrecondition, "Error: INSTALLATION FAILED: Unable to continue with install: ConfigMap \"web\" in namespace \"a\" exists and cannot be imported into the current release: invalid ownership metadata")]
    [InlineData(PackageErrorCode.FailedPrecondition, "Error: INSTALLATION FAILED: failed post-install: 1 error occurred:\n\t* job web failed: BackoffLimitExceeded\n\n")]
    [InlineData(PackageErrorCode.InvalidArgument, "Error: INSTALLATION FAILED: values don't meet the specifications of the schema(s) in the following chart(s):\ndemo:\n- text: Invalid type")]
    [InlineData(PackageErrorCode.InvalidArgument, "Error: INSTALLATION FAILED: execution error at (demo/templates/a.yaml:1:5): who is needed")]
    [InlineData(PackageErrorCode.InvalidArgument, "Error: UPGRADE FAILED: cannot patch \"web\" with kind Service: Service \"web\" is invalid: spec.ports[0].port: Invalid value: 99999")]
    [InlineData(PackageErrorCode.InvalidArgument, "Error: INSTALLATION FAILED: 1 error occurred:\n\t* admission webhook \"policy.example.com\" denied the request: no")]
    [InlineData(PackageErrorCode.DeadlineExceeded, "Error: INSTALLATION FAILED: failed pre-install: timed out waiting for the condition")]
    [InlineData(PackageErrorCode.DeadlineExceeded, "Error: UPGRADE FAILED: pre-upgrade hooks failed: resource not ready, name: a, kind: Job, status: InProgress\ncontext deadline exceeded")]
    [InlineData(PackageErrorCode.Unavailable, "Error: INSTALLATION FAILED: Kubernetes cluster unreachable: Get \"https://127.0.0.1:1/version\": dial tcp 127.0.0.1:1: connect: connection refused")]
    public void Words_have_a_code(PackageErrorCode code, string errors)
    {
        var translated = HelmErrors.Translate("try it", new HelmResult(1, "", $"WARNING: something else\n{errors}\n", TimedOut: false));

        translated.Code.ShouldBe(code, translated.Message);
        translated.Message.ShouldStartWith("Could not try it: ");
        translated.Message.ShouldNotContain("WARNING");
        translated.Message.ShouldNotContain("Error: ");
    }

    [Fact]
    public void Words_that_end_a_session_in_the_dashboard_are_avoided_where_it_is_none()
    {
        var translated = HelmErrors.Translate("try it", new HelmResult(1, "", "Error: the registry credentials are wrong, so it is no Unauthorised but an odd failure", TimedOut: false));

        translated.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        translated.Message.ShouldNotContain("credentials");
    }

    [Fact]
    public void A_failure_without_words_is_told_as_that() =>
        HelmErrors.Translate("try it", new HelmResult(1, "", "", TimedOut: false)).Message.ShouldBe("Could not try it: Helm failed and did not say why");

    [Fact]
    public void Of_endless_words_the_beginning_is_told() =>
        HelmErrors.Translate("try it", new HelmResult(1, "", "Error: " + new string('x', 100_000), TimedOut: false)).Message.Length.ShouldBeLessThan(5000);

    [Fact]
    public void What_Wego_ended_took_too_long_and_what_somebody_killed_was_aborted()
    {
        HelmErrors.Translate("try it", new HelmResult(143, "", "", TimedOut: true)).Code.ShouldBe(PackageErrorCode.DeadlineExceeded);
        HelmErrors.Translate("try it", new HelmResult(137, "", "", TimedOut: false)).Code.ShouldBe(PackageErrorCode.Aborted);
    }
}
