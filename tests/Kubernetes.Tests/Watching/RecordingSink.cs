using System.Threading.Channels;

namespace Wego.Kubernetes.Tests;

/// <summary>Writes down what a reflector says, one line per call, for the test to await.</summary>
public sealed class RecordingSink : IReflectorSink
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Called before each line is written; may throw or wait.</summary>
    public Func<string, ValueTask>? Before { get; set; }

    public List<DateTimeOffset> StaleSince { get; } = [];

    /// <summary>Whether lists are taken page by page.</summary>
    public bool TakesPages { get; init; }

    public async ValueTask<bool> TakePageAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken)
    {
        if (TakesPages)
        {
            await WriteAsync((isFirst ? "first " : "further ") + string.Join(',', items.Select(i => $"{i.Name}@{i.ResourceVersion}")));
        }

        return TakesPages;
    }

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken) =>
        WriteAsync("replace " + string.Join(',', items.Select(i => $"{i.Name}@{i.ResourceVersion}")));

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken) =>
        WriteAsync($"{change.Type.ToString().ToLowerInvariant()} {change.Object.Name}@{change.Object.ResourceVersion}");

    public ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken)
    {
        StaleSince.Add(since);
        return WriteAsync("stale " + reason.Failure);
    }

    public ValueTask CurrentAsync(CancellationToken cancellationToken) => WriteAsync("current");

    public async Task<string> NextAsync() => await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Whether everything said has been read by the test.</summary>
    public bool IsSilent => _lines.Reader.Count == 0;

    private async ValueTask WriteAsync(string line)
    {
        if (Before is not null)
        {
            await Before(line);
        }

        await _lines.Writer.WriteAsync(line);
    }
}
