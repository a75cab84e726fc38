using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes;

/// <summary>
/// A token in a file that the kubelet rotates. Read again every minute and after a 401. The content counts, not the file's time:
/// a projected volume changes a link, not the file.
/// </summary>
internal sealed partial class TokenFileCredentials(string path, TimeProvider time, ILogger logger) : IServiceCredentials, IDisposable
{
    private static readonly TimeSpan RereadAfter = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Entry? _current;

    public async ValueTask<ServiceCredential> GetAsync(CancellationToken cancellationToken)
    {
        var current = _current;
        if (current is null || time.GetUtcNow() - current.ReadAt >= RereadAfter)
        {
            current = await ReadAsync(current, cancellationToken);
        }

        return current.Credential;
    }

    public async ValueTask<bool> RefreshAsync(ServiceCredential refused, CancellationToken cancellationToken)
    {
        var current = _current;
        if (current is null || ReferenceEquals(current.Credential, refused))
        {
            current = await ReadAsync(current, cancellationToken);
        }

        return !ReferenceEquals(current.Credential, refused);
    }

    public void Dispose() => _reading.Dispose();

    private async Task<Entry> ReadAsync(Entry? seen, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } newer && !ReferenceEquals(newer, seen))
            {
                return newer;
            }

            var token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
            if (token.Length == 0)
            {
                throw new InvalidDataException("the file is empty");
            }

            var credential = seen?.Credential.Header?.Parameter == token ? seen.Credential : new ServiceCredential(ServiceCredential.Bearer(token), null);
            return _current = new Entry(credential, time.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            if (seen is null)
            {
                throw new KubernetesException(
                    KubernetesFailure.Unavailable, $"The token file {path} cannot be used: {(e is InvalidDataException ? e.Message : e.GetType().Name)}.");
            }

            // The old token is good for a while longer; the file is tried again with the next call after the interval.
            TokenFileUnreadable(logger, path, e.GetType().Name);
            return _current = seen with { ReadAt = time.GetUtcNow() };
        }
        finally
        {
            _reading.Release();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The token file {Path} cannot be read ({Reason}); the previous token stays in use")]
    private static partial void TokenFileUnreadable(ILogger logger, string path, string reason);

    private sealed record Entry(ServiceCredential Credential, DateTimeOffset ReadAt)
    {
        public override string ToString() => "token";
    }
}
