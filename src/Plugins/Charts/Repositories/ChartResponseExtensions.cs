using System.IO.Compression;
using System.Net;

namespace Wego.Plugins.Charts;

/// <summary>Reads answers.</summary>
internal static class ChartResponseExtensions
{
    // A server can claim any length; more is only allocated once it has arrived.
    private const int MaxInitialBuffer = 16 * 1024 * 1024;

    /// <summary>The error that a status stands for, or null for a success.</summary>
    public static ChartException? Failure(this HttpResponseMessage response, Uri url, TimeProvider time)
    {
        var status = response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        var address = ChartUrl.Display(url);
        var (failure, words) = status switch
        {
            HttpStatusCode.Unauthorized => (ChartFailure.Unauthorized, "wants other credentials (401). Check the user name, password or token of the repository"),
            HttpStatusCode.Forbidden => (ChartFailure.Forbidden, "forbids access (403) with the credentials of the repository"),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => (ChartFailure.NotFound, $"was not found ({(int)status})"),
            HttpStatusCode.TooManyRequests => (ChartFailure.RateLimited, "limits the rate of requests (429)"),
            HttpStatusCode.ProxyAuthenticationRequired => (ChartFailure.Unauthorized, "is behind a proxy that wants other credentials (407)"),
            >= HttpStatusCode.InternalServerError => (ChartFailure.ServerError, $"answered with an error of its own ({(int)status})"),
            _ => (ChartFailure.UnexpectedAnswer, $"answered with status {(int)status}"),
        };
        return new ChartException(failure, $"{address} {words}.") { HttpStatus = (int)status, RetryAfter = RetryAfter(response, time) };
    }

    /// <summary>Reads the content as it was sent.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="limit">The most bytes to read, after unpacking.</param>
    /// <param name="what">What is read, for the error.</param>
    /// <param name="unpack">Whether to undo a content coding.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        this HttpResponseMessage response,
        long limit,
        string what,
        bool unpack,
        CancellationToken cancellationToken)
    {
        var claimed = response.Content.Headers.ContentLength ?? 0;
        if (claimed > limit)
        {
            throw TooLarge();
        }

        var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        var coding = response.Content.Headers.ContentEncoding.LastOrDefault();
        await using var content = new BoundedStream(unpack ? Unpack(source, coding) : source, limit, TooLarge);
        using var buffer = new MemoryStream((int)Math.Min(claimed, MaxInitialBuffer));
        try
        {
            await content.CopyToAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new ChartException(ChartFailure.UnexpectedAnswer, $"{what} was sent with the content coding {coding}, which it does not have.", e);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);

        ChartException TooLarge() => new(ChartFailure.TooLarge, $"{what} has more than {limit} bytes, which is the most that is accepted.");
    }

    private static Stream Unpack(Stream source, string? coding) => coding?.ToUpperInvariant() switch
    {
        null or "IDENTITY" => source,
        "GZIP" or "X-GZIP" => new GZipStream(source, CompressionMode.Decompress),
        _ => throw new ChartException(ChartFailure.UnexpectedAnswer, $"The answer has the content coding {coding}, which was not asked for."),
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };
}
