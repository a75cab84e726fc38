using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Microsoft.AspNetCore.Http;
using Wego.Plugins;
using Wego.Rpc;

namespace Wego.Frontend.Tests.Identity;

public sealed class AuthenticationInterceptorTests
{
    [Fact]
    public async Task Anybody_may_ask_for_the_plugins() => (await PassesAsync(PluginsReflection.Descriptor.Services[0], authorization: null)).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic dTpw")]
    [InlineData("Bearer ")]
    public async Task Everything_else_needs_a_token(string? authorization)
    {
        foreach (var service in PackagesReflection.Descriptor.Services.Concat(RepositoriesReflection.Descriptor.Services).Concat(Wego.Packages.V1.PackagesReflection.Descriptor.Services))
        {
            var error = await Should.ThrowAsync<PackageException>(PassesAsync(service, authorization));
            error.Code.ShouldBe(PackageErrorCode.Unauthenticated);
            error.Message.ShouldBe("authorization: send 'Authorization: Bearer TOKEN' with a token of the Kubernetes cluster.");
        }
    }

    [Fact]
    public async Task With_a_token_a_call_goes_on() => (await PassesAsync(PackagesReflection.Descriptor.Services[0], "bearer t")).ShouldBeTrue();

    private static async Task<bool> PassesAsync(ServiceDescriptor service, string? authorization)
    {
        var (passed, headers) = (false, new HeaderDictionary());
        if (authorization is not null)
        {
            headers["Authorization"] = authorization;
        }

        await new AuthenticationInterceptor().InterceptAsync(new RpcContext(service.Methods[0], headers, TestContext.Current.CancellationToken), _ =>
        {
            passed = true;
            return Task.CompletedTask;
        });
        return passed;
    }
}
