using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>Whether what a watch has delivered can be served, and since when it may be out of date.</summary>
internal sealed class WatchState(string what)
{
    private readonly Pulse _changed = new();
    private PackageException? _failure;

    /// <summary>Whether the first list has arrived.</summary>
    public bool IsSynced { get; private set; }

    /// <summary>Since when the state may be out of date, or null.</summary>
    public DateTimeOffset? StaleSince { get; private set; }

    /// <summary>Whether there is nothing to serve because the service itself is not let in.</summary>
    public bool IsDenied { get; private set; }

    public void Synced()
    {
        IsDenied = false;
        IsSynced = true;
        StaleSince = null;
        _failure = null;
        _changed.Beat();
    }

    /// <summary>The state is current again after it was stale.</summary>
    public void Current()
    {
        StaleSince = null;
        _failure = null;
    }

    public void Stale(DateTimeOffset since, KubernetesException reason)
    {
        // Until it is current again, a later failure does not make it younger.
        StaleSince = StaleSince < since ? StaleSince : since;
        Fail(KubernetesErrors.TranslateOwn(reason, $"watch {what}"));
        IsDenied = !IsSynced && reason.Failure is KubernetesFailure.Forbidden or KubernetesFailure.Unauthorized;
    }

    public void Fail(PackageException failure)
    {
        _failure = failure;
        IsDenied = false;
        _changed.Beat();
    }

    /// <summary>Returns once there is something to serve.</summary>
    /// <exception cref="PackageException">The first list has failed; it is tried again meanwhile.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (!IsSynced)
        {
            if (_failure is { } failure)
            {
                throw new PackageException(failure.Code, failure.Message, failure);
            }

            await _changed.Next.WaitAsync(cancellationToken);
        }
    }
}
