using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Microsoft.AspNetCore.Http;
using Wego.Rpc;

namespace Wego.Frontend.Tests;

/// <summary>Calls within the process.</summary>
internal static class Calls
{
    public static MethodDescriptor Method(string service = "PackagesService", string method = "GetAvailablePackageSummaries") =>
        PackagesReflection.Descriptor.Services.Concat(RepositoriesReflection.Descriptor.Services)
            .Single(s => s.Name == service).FindMethodByName(method);

    /// <summary>A call with a bearer token.</summary>
    public static RpcContext Authenticated() => new(Method(), new HeaderDictionary { ["Authorization"] = "Bearer t" }, TestContext.Current.CancellationToken);
}
