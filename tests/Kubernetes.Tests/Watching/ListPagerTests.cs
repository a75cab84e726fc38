using System.Text;
using System.Threading.Channels;
using NSubstitute;

namespace Wego.Kubernetes.Tests;

public sealed class ListPagerTests : IDisposable
{
    private static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");
    private readonly IKubernetesClient _client = Substitute.For<IKubernetesClient>();
    private readonly Channel<Asked> _asked = Channel.CreateUnbounded<Asked>();
    private readonly CancellationTokenSource _stop = new();

    public ListPagerTests() =>
        _client.ListAsync(default!, default!, default, default!, default).ReturnsForAnyArgs(call =>
        {
            var asked = new Asked(call.Arg<ListOptions>(), new TaskCompletionSource<KubernetesList>(TaskCreationOptions.RunContinuationsAsynchronously), call.Arg<CancellationToken>());
            _asked.Writer.TryWrite(asked);
            return asked.Answer.Task;
        });

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task TheNextPageIsAskedForWhileOneIsReadAndTakenAndNoneAfterIt()
    {
        var taking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = ReadAsync(async isFirst =>
        {
            if (isFirst)
            {
                taking.SetResult();
                await goOn.Task;
            }
        });

        var first = await _asked.Reader.ReadAsync(TestToken);
        first.Options.Continued!("second");
        var second = await _asked.Reader.ReadAsync(TestToken);
        second.Options.Continue.ShouldBe("second");
        first.Answer.SetResult(Page("second", "a"));
        second.Options.Continued!("third");
        await taking.Task;
        _asked.Reader.TryRead(out _).ShouldBeFalse();

        goOn.SetResult();
        var third = await _asked.Reader.ReadAsync(TestToken);
        second.Answer.SetResult(Page("third", "b"));
        third.Answer.SetResult(Page(null, "c"));
        (await reading).ShouldBe("a,b,c@7");
    }

    [Fact]
    public async Task AClientThatTellsTheTokenWithThePageOnlyIsReadAsWell()
    {
        var reading = ReadAsync(_ => Task.CompletedTask);

        (await _asked.Reader.ReadAsync(TestToken)).Answer.SetResult(Page("second", "a"));
        (await _asked.Reader.ReadAsync(TestToken)).Answer.SetResult(Page(null, "b"));
        (await reading).ShouldBe("a,b@7");
    }

    [Fact]
    public async Task APageOnItsWayIsGivenUpWhereTheOneBeforeItFails()
    {
        var reading = ReadAsync(_ => Task.CompletedTask);

        var first = await _asked.Reader.ReadAsync(TestToken);
        first.Options.Continued!("second");
        var second = await _asked.Reader.ReadAsync(TestToken);
        await using var givenUp = second.CancellationToken.Register(() => second.Answer.TrySetCanceled());
        first.Answer.SetException(new InvalidDataException("broken"));
        (await Should.ThrowAsync<InvalidDataException>(reading)).Message.ShouldBe("broken");
        second.Answer.Task.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task WhoGivesUpGivesUpWhatIsOnItsWay()
    {
        var reading = ReadAsync(_ => Task.CompletedTask);

        var first = await _asked.Reader.ReadAsync(TestToken);
        await using var givenUp = first.CancellationToken.Register(() => first.Answer.TrySetCanceled());
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(reading);
        first.Answer.Task.IsCanceled.ShouldBeTrue();
    }

    private static KubernetesList Page(string? next, params string[] names) =>
        new([.. names.Select(n => KubernetesObject.Parse(Encoding.UTF8.GetBytes(Json.ConfigMap(n, "1"))))], "7", next);

    private async Task<string> ReadAsync(Func<bool, Task> take)
    {
        async Task<bool> TakeAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken)
        {
            await take(isFirst);
            return false;
        }

        var (items, version) = await ListPager.ReadAsync(_client, KubernetesIdentity.Service, ConfigMaps, null, new ListOptions(Limit: 1), TakeAsync, _stop.Token);
        return $"{string.Join(',', items.Select(i => i.Name))}@{version}";
    }

    private sealed record Asked(ListOptions Options, TaskCompletionSource<KubernetesList> Answer, CancellationToken CancellationToken);
}
