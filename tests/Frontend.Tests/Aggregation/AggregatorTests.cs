using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend.Tests.Aggregation;

public sealed class AggregatorTests
{
    private static readonly RegisteredPlugin[] Plugins = [.. new[] { "a", "b", "c" }.Select(p => new RegisteredPlugin(FakeServer.Id(p), null, null))];

    [Fact]
    public async Task Answers_come_in_the_order_of_the_plugins()
    {
        var (context, first) = (Calls.Authenticated(), new TaskCompletionSource<string>());
        var all = Aggregator.AskAsync(Plugins, context, p => p.Id.Name == "a" ? first.Task : Task.FromResult(p.Id.Name));
        first.SetResult("a");
        (await all).ShouldBe(["a", "b", "c"]);
        context.ResponseHeaders.ShouldNotContainKey("wego-failed-plugins");
    }

    [Fact]
    public async Task Who_fails_is_named_and_counted_and_the_others_answer()
    {
        var counted = new ConcurrentQueue<string>();
        var context = Calls.Authenticated();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "wego.frontend.plugin_failures")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Enqueue($"{value} {string.Join(' ', tags.ToArray().Select(t => t.Value))}"));
        meters.Start();
        var answers = await Aggregator.AskAsync(Plugins, context, p => p.Id.Name switch
        {
            "a" => throw new KubernetesException(KubernetesFailure.Unreachable, "no route"),
            "b" => Task.FromException<string>(new TimeoutException()),
            var name => Task.FromResult(name),
        });
        answers.ShouldBe(["c"]);
        context.ResponseHeaders["wego-failed-plugins"].ToString().ShouldBe("a=Unavailable,b=DeadlineExceeded");
        counted.ShouldBe(["1 a kubeappsapis.core.packages.v1alpha1.PackagesService/GetAvailablePackageSummaries Unavailable", "1 b kubeappsapis.core.packages.v1alpha1.PackagesService/GetAvailablePackageSummaries DeadlineExceeded"]);
    }

    [Fact]
    public async Task Where_all_fail_the_first_failure_is_the_answer()
    {
        var error = await Should.ThrowAsync<PackageException>(Aggregator.AskAsync(
            Plugins, Calls.Authenticated(), p => Task.FromException<string>(new PackageException(p.Id.Name == "a" ? PackageErrorCode.NotFound : PackageErrorCode.Unavailable, p.Id.Name))));
        (error.Code, error.Message).ShouldBe((PackageErrorCode.NotFound, "a"));
    }

    [Fact]
    public async Task A_caller_who_is_not_authenticated_hears_so_whatever_the_others_say()
    {
        var error = await Should.ThrowAsync<PackageException>(Aggregator.AskAsync(
            Plugins,
            Calls.Authenticated(),
            p => p.Id.Name == "b" ? Task.FromException<string>(new KubernetesException(KubernetesFailure.Unauthorized, "who?")) : Task.FromResult("fine")));
        error.Code.ShouldBe(PackageErrorCode.Unauthenticated);
    }
}
