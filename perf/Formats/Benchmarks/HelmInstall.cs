using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Wego.Perf.Api;
using Wego.Sandbox.Charts;
using Wego.Testing;
using Wego.Testing.ApiServers;
using CorePackages = Kubeappsapis.Core.Packages.V1Alpha1.PackagesReflection;

namespace Wego.Perf.Formats.Benchmarks;

/// <summary>Installing a chart through Wego beside the bare <c>helm</c> process with the same chart, by turns, on a real API server.</summary>
internal static class HelmInstall
{
    private const int Rounds = 15;
    private static readonly Plugin Helm = new() { Name = "helm.packages", Version = "v1alpha1" };

    public static async IAsyncEnumerable<Result> RunAsync()
    {
        if ((ApiServerAssets.MissingReason() ?? HelmPrograms.MissingReason()) is { } missing)
        {
            yield return Result.Skipped("helm install", missing);
            yield break;
        }

        var program = HelmPrograms.All[0];
        await using var cluster = await KubeApiServer.StartAsync(ApiServerAssets.Find(), CancellationToken.None);
        await using var sample = await SampleRepository.StartAsync();
        var folder = Directory.CreateTempSubdirectory("wego-perf-");
        var kubeconfig = Path.Combine(folder.FullName, "kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, Kubeconfig.Render(cluster, cluster.Identities.Admin));
        using var http = new HttpClient();
        var chart = Path.Combine(folder.FullName, "chart.tgz");
        await File.WriteAllBytesAsync(chart, await http.GetByteArrayAsync(new Uri(sample.Address, "hello-web-1.0.0.tgz")));
        await DefineAsync(cluster);

        await using var wego = await WegoProcess.StartAsync(PublishedWego.Executable, kubeconfig, cluster.Identities.Admin.Token, $"--Wego:Helm:Executable={program}");
        var context = new Context { Cluster = "default", Namespace = "team-a" };
        await wego.CallAsync<AddPackageRepositoryResponse>(RepositoriesReflection.Descriptor.Services[0].FindMethodByName("AddPackageRepository"), new AddPackageRepositoryRequest
        {
            Context = context,
            Name = "sample",
            Type = "helm",
            Url = sample.Address.ToString(),
            NamespaceScoped = true,
            Plugin = Helm,
        });
        var (bare, through) = (new Latencies(), new Latencies());
        for (var i = -2; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await InstallBareAsync(program, kubeconfig, folder.FullName, chart, $"bare-{i + 2}");
            if (i >= 0)
            {
                bare.AddSince(start);
            }

            start = Stopwatch.GetTimestamp();
            await wego.CallAsync<CreateInstalledPackageResponse>(Method("CreateInstalledPackage"), new CreateInstalledPackageRequest
            {
                AvailablePackageRef = new AvailablePackageReference { Context = context, Identifier = "sample/hello-web", Plugin = Helm },
                TargetContext = context,
                Name = $"wego-{i + 2}",
                PkgVersionReference = new VersionReference { Version = "1.0.0" },
            });
            if (i >= 0)
            {
                through.AddSince(start);
            }
        }

        folder.Delete(recursive: true);
        var more = through.Percentile(0.5) - bare.Percentile(0.5);
        yield return new Result($"helm install, the bare process ({Path.GetFileName(Path.GetDirectoryName(program))})", bare.ToString());
        yield return new Result("… through Wego", through.ToString());
        yield return new Result("… more than the bare process, medians", FormattableString.Invariant($"{more:F0} ms"), "at most 100 ms", more <= 100);
    }

    private static MethodDescriptor Method(string name) => CorePackages.Descriptor.Services[0].FindMethodByName(name);

    private static async Task DefineAsync(KubeApiServer cluster)
    {
        // The definition of AppRepository, by kubectl's way: created, then waited for until it is served.
        var definition = await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "deploy", "crds", "apprepositories.yaml"));
        using var http = cluster.ConnectAdmin();
        await http.CreateAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "application/yaml", definition, CancellationToken.None);
        while (true)
        {
            using var served = await http.GetAsync("/apis/kubeapps.com/v1alpha1/apprepositories");
            if (served.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static async Task InstallBareAsync(string program, string kubeconfig, string folder, string chart, string name)
    {
        var info = new ProcessStartInfo(program, ["install", name, chart, "--namespace", "team-a", "--kubeconfig", kubeconfig]) { RedirectStandardOutput = true, UseShellExecute = false };
        info.Environment["HELM_CACHE_HOME"] = Path.Combine(folder, "cache");
        info.Environment["HELM_CONFIG_HOME"] = Path.Combine(folder, "config");
        info.Environment["HELM_DATA_HOME"] = Path.Combine(folder, "data");
        using var process = Process.Start(info)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"helm install ended with {process.ExitCode}"));
        }
    }
}
