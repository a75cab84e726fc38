using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Carvel;

namespace Wego.Carvel.Tests;

/// <summary>Whose rights the objects of a package are read with.</summary>
public sealed class ResourcesTests
{
    [Fact]
    public async Task WhatWegoItselfMayNotListIsNotLeftOut()
    {
        using var scenario = new CarvelScenario(new GoldenCase("resources", "one-kind-forbidden").Read());
        var package = new InstalledPackageRef(CarvelPlugin.PluginId, ModelJson.Cluster, "default", "my-installation");
        var error = await Should.ThrowAsync<KubernetesException>(
            scenario.Packages.ReadResourcesAsync(package, [], new PluginCall(scenario.Client, KubernetesIdentity.Service), TestContext.Current.CancellationToken));
        error.Failure.ShouldBe(KubernetesFailure.Forbidden);
        (await scenario.Packages.ReadResourcesAsync(package, [], scenario.Call, TestContext.Current.CancellationToken)).Select(r => r.Kind).ShouldBe(["ClusterRole", "Pod"], ignoreOrder: true);
    }
}
