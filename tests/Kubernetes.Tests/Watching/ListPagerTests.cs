using System.Text;
using System.Threading.Channels;
using NSubstitute;

namespace Wego.Kubernetes.Tests;

public sealed class ListPagerTests : IDisposable
{
    private static readonly GroupVersionResource Secrets = new("", "v1", "secrets");
    private readonly IKubernetesClient _client = Substitute.For<IKubernetesClient>();
    private readonly Channel<Asked> _asked = Channel.CreateUnbounded<Asked>();
    private readonly CancellationTokenSource _stop = new();

    public ListPagerTests() =>
        _client.ListInPartsAsync(default!, default!, default, default!, default!, default).ReturnsForAnyArgs(call =>
        {
            var asked = new Asked(call.Arg<ListOptions>().Continue, call.Arg<Func<KubernetesList, CancellationToken, Task>>(), call.Arg<CancellationToken>());
            _asked.Writer.TryWrite(asked);
            return asked.Answer.Task;
        });

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task TheNextPageIsAskedForOnceThereIsAPartAndTakenAfterTheLastOne()
    {
        var reading = ReadAsync((_, _) => Task.CompletedTask);

        var first = await _asked.Reader.ReadAsync(TestToken);
        await first.GiveAsync("second", "a");
        var second = await _asked.Reader.ReadAsync(TestToken);
        second.Continue.ShouldBe("second");
        var early = second.GiveAsync(null, "c");
        early.IsCompleted.ShouldBeFalse();
        await first.GiveAsync("second", "b");
        early.IsCompleted.ShouldBeFalse();
        _asked.Reader.TryRead(out _).ShouldBeFalse();

        first.End("second");
        await early;
        second.End(null);
        (await reading).ShouldBe("a,b,c@7");
    }

    [Fact]
    public async Task OnePageIsAskedForAheadAndNoMore()
    {
        var reading = ReadAsync((_, _) => Task.CompletedTask);

        var first = await _asked.Reader.ReadAsync(TestToken);
        await first.GiveAsync("second", "a");
        var second = await _asked.Reader.ReadAsync(TestToken);
        var early = second.GiveAsync("third", "b");
        _asked.Reader.TryRead(out _).ShouldBeFalse();

        first.End("second");
        await early;
        var third = await _asked.Reader.ReadAsync(TestToken);
        second.End("third");
        await third.GiveAsync(null, "c");
        third.End(null);
        (await reading).ShouldBe("a,b,c@7");
    }

    [Fact]
    public async Task APartThatDoesNotKnowTheTokenIsReadAsWell()
    {
        var reading = ReadAsync((_, _) => Task.CompletedTask);

        var first = await _asked.Reader.ReadAsync(TestToken);
        await first.GiveAsync(null, "a");
        first.End("second");
        var second = await _asked.Reader.ReadAsync(TestToken);
        second.Continue.ShouldBe("second");
        await second.GiveAsync(null, "b");
        second.End(null);
        (await reading).ShouldBe("a,b@7");
    }

    [Fact]
    public async Task APageOnItsWayIsGivenUpWhereTheOneBeforeItFails()
    {
        var reading = ReadAsync((_, _) => Task.CompletedTask);

        var first = await _asked.Reader.ReadAsync(TestToken);
        await first.GiveAsync("second", "a");
        var second = await _asked.Reader.ReadAsync(TestToken);
        await using var givenUp = second.CancellationToken.Register(() => second.Answer.TrySetCanceled());
        first.Answer.SetException(new InvalidDataException("broken"));
        (await Should.ThrowAsync<InvalidDataException>(reading)).Message.ShouldBe("broken");
        second.Answer.Task.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task WhoGivesUpGivesUpWhatIsOnItsWay()
    {
        var reading = ReadAsync((_, _) => Task.CompletedTask);

        var first = await _asked.Reader.ReadAsync(TestToken);
        await using var givenUp = first.CancellationToken.Register(() => first.Answer.TrySetCanceled());
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(reading);
        first.Answer.Task.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task OnlyTheFirstPartBeginsTheList()
    {
        var firsts = new List<bool>();
        var reading = ReadAsync((isFirst, _) =>
        {
            firsts.Add(isFirst);
            return Task.CompletedTask;
        });

        var first = await _asked.Reader.ReadAsync(TestToken);
        await first.GiveAsync("second");
        await first.GiveAsync("second", "a");
        first.End("second");
        var second = await _asked.Reader.ReadAsync(TestToken);
        await second.GiveAsync(null, "b");
        second.End(null);
        (await reading).ShouldBe("a,b@7");
        firsts.ShouldBe([true, false, false]);
    }

    private async Task<string> ReadAsync(Func<bool, CancellationToken, Task> take)
    {
        async Task<bool> TakeAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken)
        {
            await take(isFirst, cancellationToken);
            return false;
        }

        var (items, version) = await ListPager.ReadAsync(_client, KubernetesIdentity.Service, Secrets, null, new ListOptions(Limit: 1), TakeAsync, _stop.Token);
        return $"{string.Join(',', items.Select(i => i.Name))}@{version}";
    }

    private sealed record Asked(string? Continue, Func<KubernetesList, CancellationToken, Task> Take, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<KubernetesList> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task GiveAsync(string? next, params string[] names) =>
            Take(new KubernetesList([.. names.Select(n => KubernetesObject.Parse(Encoding.UTF8.GetBytes(Json.ConfigMap(n, "1"))))], "7", next), CancellationToken);

        public void End(string? next) => Answer.SetResult(new KubernetesList([], "7", next));
    }
}
