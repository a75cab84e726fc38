using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes;

/// <summary>Sends requests: limiter, identity, deadline, the few retries that are safe, errors, telemetry.</summary>
internal sealed class ApiTransport : IDisposable
{
    private const int MaxErrorBody = 1 << 20;
    private const int MaxRetries = 2;

    private readonly ClusterConfiguration _configuration;
    private readonly KubernetesClientOptions _options;
    private readonly TimeProvider _time;
    private readonly RequestAuthenticator _authenticator;
    private readonly RequestLimiter _serviceLimiter;
    private readonly RequestLimiter _callerLimiter;
    private readonly CallerHasher _parties = new();
    private readonly ClusterCircuit _circuit;
    private readonly ClusterCircuit? _proxyCircuit;
    private readonly string _base;
    private readonly string? _proxyBase;

    public ApiTransport(ClusterConfiguration configuration, KubernetesClientOptions options, IServiceCredentials credentials, TimeProvider time, ILogger logger)
    {
        _configuration = configuration;
        _options = options;
        _time = time;
        _authenticator = new RequestAuthenticator(configuration, credentials, options.ConnectTimeout, time, logger);
        _serviceLimiter = new RequestLimiter(options.Qps, options.Burst, time);
        _callerLimiter = new RequestLimiter(options.Qps, options.Burst, time);
        _base = Base(configuration.Server);
        _circuit = new ClusterCircuit(options, "direct", time, logger);
        if (configuration.CallerProxy is { } proxy)
        {
            // The proxy may be down while the cluster is well, and the other way round.
            _proxyBase = Base(proxy.Url);
            _proxyCircuit = new ClusterCircuit(options, "pinniped", time, logger);
        }
    }

    /// <summary>Sends a request and reads its answer within the request timeout.</summary>
    public Task<T> SendAsync<T>(
        KubernetesIdentity identity, ApiRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        ReadAsync(identity, request, (response, deadline) => read(response, deadline.Token), cancellationToken);

    /// <summary>Sends a request, and has its answer read by who knows for what part of it the request timeout holds.</summary>
    public async Task<T> ReadAsync<T>(
        KubernetesIdentity identity, ApiRequest request, Func<HttpResponseMessage, Deadline, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_options.RequestTimeout, _time, cancellationToken);
        return await MeasureAsync(request, deadline, async () =>
        {
            using var response = await SendWithRetriesAsync(identity, request, deadline);
            return (await read(response, deadline), (int)response.StatusCode);
        });
    }

    /// <summary>Sends a request whose answer has no end. The request timeout holds until the answer begins.</summary>
    public async Task<HttpResponseMessage> OpenAsync(KubernetesIdentity identity, ApiRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_options.RequestTimeout, _time, cancellationToken);
        return await MeasureAsync(request, deadline, async () =>
        {
            var response = await SendWithRetriesAsync(identity, request, deadline);
            return (response, (int)response.StatusCode);
        });
    }

    /// <summary>Sends a request whose body comes from elsewhere, once, and gives the answer whatever its status.</summary>
    public async Task<HttpResponseMessage> RelayAsync(KubernetesIdentity identity, ApiRequest request, RelayRequest relayed, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_options.RequestTimeout, _time, cancellationToken);
        return await MeasureAsync(request, deadline, async () =>
        {
            await WaitForTurnAsync(identity, request, deadline);
            var credential = await _authenticator.CredentialAsync(identity, deadline.Token);
            var message = Message(identity, request);
            if (relayed.Body is { } body)
            {
                message.Content = new StreamContent(body);
                message.Content.Headers.TryAddWithoutValidation("Content-Type", relayed.ContentType);
            }

            var response = await SendOnceAsync(identity, credential, request, message, deadline);
            return (response, (int)response.StatusCode);
        });
    }

    /// <summary>Reads a whole body.</summary>
    public async Task<PooledBody> ReadBodyAsync(ApiRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await PooledBody.ReadAsync(response.Content, _options.MaxResponseBytes, cancellationToken);
        if (!body.IsTruncated)
        {
            return body;
        }

        body.Dispose();
        throw new KubernetesException(
            KubernetesFailure.TooLarge, $"{request}: the answer is larger than the bound of {_options.MaxResponseBytes} bytes. Ask for smaller pages.", (int)response.StatusCode);
    }

    /// <summary>What a broken connection becomes.</summary>
    public KubernetesException Unreachable(ApiRequest request, Exception e)
    {
        var innermost = e;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        var kind = e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } h ? $"{h.HttpRequestError}: " : "";
        return new KubernetesException(
            KubernetesFailure.Unreachable, $"{request}: no answer from {_configuration}: {kind}{innermost.Message.TrimEnd('.')}.", inner: e);
    }

    public void Dispose()
    {
        _authenticator.Dispose();
        _serviceLimiter.Dispose();
        _callerLimiter.Dispose();
        _circuit.Dispose();
        _proxyCircuit?.Dispose();
    }

    private async Task<T> MeasureAsync<T>(ApiRequest request, Deadline deadline, Func<Task<(T Result, int Code)>> send)
    {
        var started = _time.GetTimestamp();
        var (status, failure) = (0, (string?)"_OTHER");
        using var activity = KubernetesTelemetry.StartRequest(_options.ClusterName, request);
        try
        {
            (var result, status) = await send();
            // A relayed answer may be a refusal, which the conventions call an error of the client's span.
            failure = status >= 400 ? Code(status) : null;
            return result;
        }
        catch (KubernetesException e)
        {
            (status, failure) = (e.HttpStatus, e.Failure.ToString());
            throw;
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            failure = nameof(KubernetesFailure.Timeout);
            throw new KubernetesException(
                KubernetesFailure.Timeout, $"{request}: no complete answer from {_configuration} within {_options.RequestTimeout.TotalSeconds:0.###} s.");
        }
        catch (OperationCanceledException) when (deadline.IsCanceledByCaller)
        {
            failure = "Canceled";
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            failure = nameof(KubernetesFailure.Unreachable);
            throw Unreachable(request, e);
        }
        finally
        {
            KubernetesTelemetry.RecordRequest(activity, _options.ClusterName, request, status, failure, _time.GetElapsedTime(started));
        }
    }

    private static string Base(Uri url) => url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    private static string Code(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<HttpResponseMessage> SendWithRetriesAsync(KubernetesIdentity identity, ApiRequest request, Deadline deadline)
    {
        var cancellationToken = deadline.Token;
        for (var attempt = 0; ; attempt++)
        {
            var response = await SendAuthenticatedAsync(identity, request, deadline);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                // The server said when to come again; only reads do, and only where the wait fits into the deadline.
                if (request.IsRead && attempt < MaxRetries
                    && response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                    && StatusReader.RetryAfterHeader(response, _time) is { } wait && wait < _options.RequestTimeout / 2)
                {
                    await Task.Delay(wait, _time, cancellationToken);
                    continue;
                }

                using var body = await PooledBody.ReadAsync(response.Content, MaxErrorBody, cancellationToken);
                throw StatusReader.FromResponse(request, response, body.Span, _time);
            }
        }
    }

    private async Task<HttpResponseMessage> SendAuthenticatedAsync(KubernetesIdentity identity, ApiRequest request, Deadline deadline)
    {
        await WaitForTurnAsync(identity, request, deadline);
        var cancellationToken = deadline.Token;
        var credential = await _authenticator.CredentialAsync(identity, cancellationToken);
        var response = await SendOnceAsync(identity, credential, request, deadline);
        if (response.StatusCode != HttpStatusCode.Unauthorized || identity is KubernetesIdentity.BearerIdentity)
        {
            return response;
        }

        // The service's own credential may have been rotated since it was read: once more with a new one, if there is one.
        bool refreshed;
        try
        {
            refreshed = await _authenticator.RefreshAsync(credential, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }

        if (!refreshed)
        {
            return response;
        }

        response.Dispose();
        credential = await _authenticator.CredentialAsync(identity, cancellationToken);
        return await SendOnceAsync(identity, credential, request, deadline);
    }

    private async Task WaitForTurnAsync(KubernetesIdentity identity, ApiRequest request, Deadline deadline)
    {
        try
        {
            // Lanes of their own, as in the API server's priority and fairness: a thousand lists after an outage delay no caller.
            var limiter = identity is KubernetesIdentity.ServiceIdentity ? _serviceLimiter : _callerLimiter;
            await limiter.WaitAsync(() => _parties.KeyOf(identity), deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            throw new KubernetesException(
                KubernetesFailure.Throttled,
                $"{request}: not sent, for {_options.RequestTimeout.TotalSeconds:0.###} s of waiting for Wego's own limit of {_options.Qps:0.###} requests/s were not enough. Raise {KubernetesOptions.Section}:Qps and Burst.");
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(KubernetesIdentity identity, ServiceCredential credential, ApiRequest request, Deadline deadline)
    {
        var message = Message(identity, request);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        return SendOnceAsync(identity, credential, request, message, deadline);
    }

    private Task<HttpResponseMessage> SendOnceAsync(
        KubernetesIdentity identity, ServiceCredential credential, ApiRequest request, HttpRequestMessage message, Deadline deadline)
    {
        var pool = _authenticator.Authenticate(message, identity, credential);
        return (IsProxied(identity) ? _proxyCircuit! : _circuit).SendAsync(request, () => pool.SendAsync(message, deadline.Token), deadline);
    }

    private HttpRequestMessage Message(KubernetesIdentity identity, ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, (IsProxied(identity) ? _proxyBase : _base) + request.Path)
        {
            // HTTP/2 where ALPN offers it, HTTP/1.1 otherwise and on cleartext.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        return message;
    }

    private bool IsProxied(KubernetesIdentity identity) => identity is KubernetesIdentity.BearerIdentity && _proxyBase is not null;
}
