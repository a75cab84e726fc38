using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.KappController.Packages.V1Alpha1;
using Wego.Perf.Api;
using Wego.Sandbox;

namespace Wego.Perf.Formats.Benchmarks;

/// <summary>10,000 Carvel packages, 2,000 names in five versions each, on a sandbox: a page of 20 with a text filter.</summary>
internal static class CarvelSearch
{
    private const int Names = 2000, Versions = 5, Calls = 2000;
    private const string Namespace = "kapp-controller-packaging-global";

    private static readonly string[] Texts = ["data", "server 1", "PACKAGE 77", "what", "e", "15", "store", "absent"];

    private static readonly MethodDescriptor GetAvailablePackageSummaries =
        KappControllerReflection.Descriptor.Services.Single(s => s.Name == "KappControllerPackagesService").FindMethodByName("GetAvailablePackageSummaries");

    public static async IAsyncEnumerable<Result> RunAsync()
    {
        using var definitions = new StreamReader(typeof(SandboxServer).Assembly.GetManifestResourceStream("carvel/definitions.yaml")!);
        await using var cluster = await SandboxServer.StartAsync(new SandboxOptions { Namespaces = ["team-a", Namespace], Manifests = [await definitions.ReadToEndAsync()] });
        Fill(cluster.Store);
        var kubeconfig = Path.GetTempFileName();
        await File.WriteAllTextAsync(kubeconfig, cluster.Kubeconfig(SandboxTokens.Admin));
        await using var wego = await WegoProcess.StartAsync(PublishedWego.Executable, kubeconfig, SandboxTokens.TeamA);
        GetAvailablePackageSummariesResponse all;
        var start = Stopwatch.GetTimestamp();
        do
        {
            all = await CallAsync(wego, "", size: 0);
        }
        while (all.AvailablePackageSummaries.Count < Names);
        yield return new Result($"{Names * Versions} Carvel packages, until all are listed", FormattableString.Invariant($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));

        for (var i = 0; i < Calls; i++)
        {
            await CallAsync(wego, Texts[i % Texts.Length], size: 20);
        }

        cluster.Requests.Clear();
        var latencies = new Latencies();
        for (var i = 0; i < Calls; i++)
        {
            start = Stopwatch.GetTimestamp();
            await CallAsync(wego, Texts[i % Texts.Length], size: 20);
            latencies.AddSince(start);
        }

        yield return new Result("… page of 20 with a text filter, warm", latencies.ToString(), "p99 at most 5 ms", latencies.Percentile(0.99) <= 5);
        File.Delete(kubeconfig);
        yield return new Result("… lists at the API server meanwhile", cluster.Requests.Count("list").ToString(CultureInfo.InvariantCulture), "0", cluster.Requests.Count("list") == 0);
    }

    private static Task<GetAvailablePackageSummariesResponse> CallAsync(WegoProcess wego, string text, int size) =>
        wego.CallAsync<GetAvailablePackageSummariesResponse>(GetAvailablePackageSummaries, new GetAvailablePackageSummariesRequest
        {
            Context = new Context { Namespace = "team-a" },
            FilterOptions = new FilterOptions { Query = text },
            PaginationOptions = new PaginationOptions { PageSize = size },
        });

    private static void Fill(SandboxStore store)
    {
        const string Origin = "packaging.carvel.dev/package-repository-ref";
        for (var i = 0; i < Names; i++)
        {
            var name = $"package-{i}.example.com";
            JsonObject Metadata(string of) => new() { ["name"] = of, ["namespace"] = Namespace, ["annotations"] = new JsonObject { [Origin] = $"{Namespace}/main" } };
            store.Create(new JsonObject
            {
                ["apiVersion"] = "data.packaging.carvel.dev/v1alpha1",
                ["kind"] = "PackageMetadata",
                ["metadata"] = Metadata(name),
                ["spec"] = new JsonObject
                {
                    ["displayName"] = $"Package {i}",
                    ["shortDescription"] = i % 3 == 0 ? "A data store" : "A web server",
                    ["longDescription"] = $"What package {i} does, in a sentence or two.",
                    ["categories"] = new JsonArray($"category-{i % 12}"),
                },
            });
            for (var v = 0; v < Versions; v++)
            {
                var properties = new JsonObject();
                for (var p = 0; p < 30; p++)
                {
                    properties[$"setting{p}"] = new JsonObject { ["type"] = "string", ["default"] = "value", ["description"] = "What this setting is good for, in some words." };
                }

                store.Create(new JsonObject
                {
                    ["apiVersion"] = "data.packaging.carvel.dev/v1alpha1",
                    ["kind"] = "Package",
                    ["metadata"] = Metadata($"{name}.1.{v}.0"),
                    ["spec"] = new JsonObject
                    {
                        ["refName"] = name,
                        ["version"] = $"1.{v}.0",
                        ["valuesSchema"] = new JsonObject { ["openAPIv3"] = new JsonObject { ["type"] = "object", ["properties"] = properties } },
                        ["template"] = new JsonObject { ["spec"] = new JsonObject() },
                    },
                });
            }
        }
    }
}
