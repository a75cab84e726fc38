using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Fluxv2.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Kubeappsapis.Plugins.KappController.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd.Audit;

/// <summary>Every RPC that changes something leaves one record, however it ends.</summary>
public sealed class AuditTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    private const string Category = "Wego.Audit";

    /// <summary>The RPCs that change something, of the core and of every plugin, with a request about something that does not exist.</summary>
    public static TheoryData<string> Changes() => [.. Methods().Select(m => m.FullName)];

    [Fact]
    public void Nothing_that_changes_something_is_left_out()
    {
        // Whatever REST does with POST, PUT, PATCH or DELETE and is no change.
        string[] reads = ["CanI", "PreviewInstalledPackage"];
        var bound = Services().SelectMany(s => s.Methods)
            .Where(m => m.GetOptions()?.GetExtension(Google.Api.AnnotationsExtensions.Http) is { Get: "" })
            .Select(m => m.FullName);

        bound.ShouldBe([.. Methods().Concat(Services().SelectMany(s => s.Methods).Where(m => reads.Contains(m.Name))).Select(m => m.FullName)], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_is_refused_leaves_a_record(string rpc)
    {
        var method = Methods().Single(m => m.FullName == rpc);
        using var viewer = wego.User(SandboxTokens.Viewer);
        var name = $"refused-{Guid.NewGuid():N}";

        var error = await viewer.FailAsync(method, Request(method, name));

        var record = Records(name).ShouldHaveSingleItem();
        record.ShouldStartWith($"{SandboxTokens.Viewer} called {method.Name} of {method.Service.FullName} on cluster 'default' namespace '");
        record.ShouldContain($": {error.Code} after ");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Who_sends_no_token_leaves_a_record(string rpc)
    {
        var method = Methods().Single(m => m.FullName == rpc);
        using var nobody = wego.User(token: null);
        var before = Anonymous().Length;

        (await nobody.FailAsync(method, Request(method, "any"))).Code.ShouldBe(RpcStatusCode.Unauthenticated);

        Anonymous().Length.ShouldBe(before + 1);

        string[] Anonymous() => [.. All().Where(m => m.StartsWith($"anonymous called {method.Name} of {method.Service.FullName} ", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task A_token_that_nobody_knows_is_recorded_as_its_hash()
    {
        using var stranger = wego.User("no-such-token");
        await stranger.FailAsync(Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "stranger") });

        Records("stranger").ShouldHaveSingleItem().ShouldMatch("^caller:[A-Za-z0-9+/=]{44} called DeleteInstalledPackage .*: Unauthenticated after ");
    }

    [Fact]
    public async Task What_was_done_leaves_a_record_without_what_it_was_done_with()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "audited", wego.SampleRepository);
        await user.InstallAsync("team-a", "audited-web", "audited/hello-web", "1.0.0", "greeting: s3cret-greeting");
        await user.UntilReadyAsync("team-a", "audited-web");
        await user.CallAsync<UpdateInstalledPackageResponse>(Wire.Packages("UpdateInstalledPackage"), new UpdateInstalledPackageRequest
        {
            InstalledPackageRef = Wire.Installed("team-a", "audited-web"),
            Values = "greeting: s3cret-greeting-2",
        });
        await user.CallAsync<DeleteInstalledPackageResponse>(Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "audited-web") });
        await user.CallAsync<UpdatePackageRepositoryResponse>(
            Wire.Repositories("UpdatePackageRepository"), new UpdatePackageRepositoryRequest { PackageRepoRef = Wire.Repository("team-a", "audited"), Url = wego.SampleRepository.ToString(), Interval = "20m" });
        await user.RemoveRepositoryAsync("team-a", "audited");
        await user.CallAsync<CreateSecretResponse>(
            Wire.Resources("CreateSecret"), new CreateSecretRequest { Context = Wire.In("team-a"), Name = "audited-secret", StringData = { ["password"] = "s3cret-password" } });

        var records = Records("audited").Select(r => r[..r.IndexOf(" after ", StringComparison.Ordinal)]).ToArray();
        records.ShouldBe(
        [
            $"{SandboxTokens.TeamA} called AddPackageRepository of kubeappsapis.core.packages.v1alpha1.RepositoriesService on cluster 'default' namespace 'team-a' name 'audited' plugin 'fluxv2.packages': OK",
            $"{SandboxTokens.TeamA} called CreateInstalledPackage of kubeappsapis.core.packages.v1alpha1.PackagesService on cluster 'default' namespace 'team-a' name 'audited-web' plugin 'fluxv2.packages': OK",
            $"{SandboxTokens.TeamA} called UpdateInstalledPackage of kubeappsapis.core.packages.v1alpha1.PackagesService on cluster 'default' namespace 'team-a' name 'audited-web' plugin 'fluxv2.packages': OK",
            $"{SandboxTokens.TeamA} called DeleteInstalledPackage of kubeappsapis.core.packages.v1alpha1.PackagesService on cluster 'default' namespace 'team-a' name 'audited-web' plugin 'fluxv2.packages': OK",
            $"{SandboxTokens.TeamA} called UpdatePackageRepository of kubeappsapis.core.packages.v1alpha1.RepositoriesService on cluster 'default' namespace 'team-a' name 'audited' plugin 'fluxv2.packages': OK",
            $"{SandboxTokens.TeamA} called DeletePackageRepository of kubeappsapis.core.packages.v1alpha1.RepositoriesService on cluster 'default' namespace 'team-a' name 'audited' plugin 'fluxv2.packages': OK",
            $"{SandboxTokens.TeamA} called CreateSecret of kubeappsapis.plugins.resources.v1alpha1.ResourcesService on cluster 'default' namespace 'team-a' name 'audited-secret' plugin 'resources': OK",
        ]);
        All().ShouldAllBe(m => !m.Contains("s3cret") && !m.Contains("no-such-token"));
    }

    [Fact]
    public async Task What_a_caller_writes_does_not_look_like_another_record()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        await user.FailAsync(Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "forged\nadmin called " + new string('x', 300)) });

        var record = Records("forged").ShouldHaveSingleItem();
        record.ShouldContain("name 'forged\uFFFDadmin called x");
        record.ShouldNotContain('\n');
        record.ShouldNotContain(new string('x', 250));
    }

    private static IEnumerable<ServiceDescriptor> Services() =>
    [
        .. PackagesReflection.Descriptor.Services, .. RepositoriesReflection.Descriptor.Services, .. Wego.Packages.V1.PackagesReflection.Descriptor.Services,
        .. Fluxv2Reflection.Descriptor.Services, .. HelmReflection.Descriptor.Services, .. KappControllerReflection.Descriptor.Services, .. ResourcesReflection.Descriptor.Services,
    ];

    private static IEnumerable<MethodDescriptor> Methods() => Services().SelectMany(s => s.Methods).Where(m =>
        m.Name is "CreateInstalledPackage" or "UpdateInstalledPackage" or "DeleteInstalledPackage" or "RollbackInstalledPackage"
            or "AddPackageRepository" or "UpdatePackageRepository" or "DeletePackageRepository" or "CreateNamespace" or "CreateSecret");

    // What is told apart by its name: for a namespace that is the namespace.
    private static IMessage Request(MethodDescriptor method, string name)
    {
        var json = method.Name switch
        {
            "CreateNamespace" => $$$"""{"context":{"namespace":"{{{name}}}"}}""",
            "CreateSecret" or "AddPackageRepository" => $$$"""{"context":{"namespace":"team-a"},"name":"{{{name}}}"}""",
            "CreateInstalledPackage" => $$$"""{"targetContext":{"namespace":"team-a"},"name":"{{{name}}}","availablePackageRef":{"context":{"namespace":"team-a"},"identifier":"none/none"}}""",
            "UpdatePackageRepository" or "DeletePackageRepository" => $$$"""{"packageRepoRef":{"context":{"namespace":"team-a"},"identifier":"{{{name}}}"}}""",
            _ => $$$"""{"installedPackageRef":{"context":{"namespace":"team-a"},"identifier":"{{{name}}}"}}""",
        };
        return JsonParser.Default.Parse(json, method.InputType);
    }

    private string[] All() => [.. wego.Log.Entries.Where(e => e.Category == Category).Select(e => e.Message)];

    private string[] Records(string name) => [.. All().Where(m => m.Contains($"'{name}", StringComparison.Ordinal))];
}
