using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc;
using Wego.Rpc.Reflection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts server reflection into an application.</summary>
public static class ReflectionApplicationBuilderExtensions
{
    /// <summary>Serves <c>grpc.reflection.v1.ServerReflection</c> and its older name <c>v1alpha</c>, which describe every service that is served.</summary>
    /// <exception cref="InvalidOperationException">It is served already.</exception>
    public static IApplicationBuilder MapRpcReflection(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var answers = new ReflectionAnswers(app.ApplicationServices.GetRequiredService<RpcMethodRegistry>());
        return app
            .MapRpcService(Grpc.Reflection.V1.ReflectionReflection.Descriptor.Services[0], new ReflectionService(answers))
            .MapRpcService(Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor.Services[0], new ReflectionAlphaService(answers));
    }
}
