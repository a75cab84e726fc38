using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Resources;
using Wego.Rpc;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Resources.Tests;

/// <summary>The service on two clusters in memory: <c>default</c> and <c>other</c>.</summary>
internal sealed class ResourcesFixture
{
    public const string Token = "token-of-anna";

    public ResourcesFixture(ResourcesOptions? options = null)
    {
        foreach (var cluster in new[] { Default, Other })
        {
            cluster.Kinds.Serve("v1", "Namespace", "namespaces", namespaced: false).Serve("v1", "Secret", "secrets").Serve("v1", "ServiceAccount", "serviceaccounts");
        }

        var settings = Options.Create(options ?? new ResourcesOptions());
        Service = new ResourcesService(Host, new RequestScope(new FakeClusters(Default, Other)), new TrustedNamespaces(settings), new AccessibleNamespaces(Reviewer, settings));
    }

    public FakeKubernetesClient Default { get; } = new("default");

    public FakeKubernetesClient Other { get; } = new("other");

    public UncachedReviewer Reviewer { get; } = new();

    public FakePackageHost Host { get; } = new();

    public ResourcesService Service { get; }

    public static Pb.Context In(string ns, string cluster = "") => new() { Cluster = cluster, Namespace = ns };

    public static RpcContext Call(string method, string? token = Token, params (string Name, string Value)[] headers)
    {
        var all = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            all.Append(name, value);
        }

        if (token is not null)
        {
            all.Append("Authorization", $"Bearer {token}");
        }

        var descriptor = ResourcesReflection.Descriptor.Services.Single().FindMethodByName(method);
        return new RpcContext(descriptor, all, TestContext.Current.CancellationToken);
    }

    public void AddNamespace(string name, string phase = "Active") => Default.Add(new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = name },
        ["status"] = new System.Text.Json.Nodes.JsonObject { ["phase"] = phase },
    });

    public static async Task<PackageErrorCode> CodeOf(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (PackageException e)
        {
            e.Message.ShouldNotContain(Token);
            return e.Code;
        }
        catch (KubernetesException e)
        {
            return KubernetesErrors.CodeOf(e.Failure);
        }

        throw new InvalidOperationException("It was expected to fail.");
    }
}
