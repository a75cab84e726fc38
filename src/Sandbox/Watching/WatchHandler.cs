using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Selectors;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;
using Wego.Sandbox.Tables;

namespace Wego.Sandbox.Watching;

/// <summary>Serves watches: what was, where asked for, and then every change until the client, the timeout or a fault ends it.</summary>
internal sealed class WatchHandler(ObjectStore store, ResourceRegistry registry, WatchControl control, SandboxRequests requests, TimeProvider clock, TimeSpan bookmarkInterval)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    /// <summary>How long before its end a watch gets its last bookmark.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    public async Task HandleAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        var (form, formVersion) = ContentNegotiation.Negotiate(http.Request.Headers.Accept);
        var options = ListOptions.Read(http.Request.Query, request, resource);
        var frames = new WatchFrames(resource, request.Version, form, formVersion, TableConverter.ReadInclude(http.Request.Query), clock);
        using var dropped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, control.Dropped);
        var expired = control.Expired;
        await using var abort = control.Aborted.Register(http.Abort);

        ApiException? refused = null;
        IReadOnlyList<StoredObject> initial = [];
        long position = 0;
        try
        {
            initial = ReadInitial(resource, options, out position);
        }
        catch (ApiException e) when (e.Code == 410)
        {
            // As in the API server, what fails after the request was admitted is an event.
            refused = e;
        }

        using var open = requests.OpenWatch(resource.GroupResource, request.Namespace);
        http.Response.StatusCode = 200;
        http.Response.ContentType = "application/json";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await http.Response.StartAsync(cancellationToken);

        var buffer = new ArrayBufferWriter<byte>(1024);
        if (refused is not null)
        {
            WatchFrames.WriteError(buffer, refused);
            await FlushAsync(http, buffer, cancellationToken);
            return;
        }

        foreach (var item in initial)
        {
            frames.Write(buffer, "ADDED"u8, item);
        }

        if (options.SendInitialEvents && options.Bookmarks)
        {
            frames.WriteBookmark(buffer, position, initialEventsEnd: true);
        }

        await FlushAsync(http, buffer, cancellationToken);
        using var timeout = new CancellationTokenSource(options.Timeout ?? DefaultTimeout, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(dropped.Token, timeout.Token, expired);
        try
        {
            await StreamAsync(http, resource, options, frames, buffer, position, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            if (expired.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                WatchFrames.WriteError(buffer, ApiErrors.Expired("The resourceVersion for the provided watch is too old."));
                await FlushAsync(http, buffer, cancellationToken);
            }
        }
    }

    private IReadOnlyList<StoredObject> ReadInitial(ResourceDefinition resource, ListOptions options, out long position)
    {
        var snapshot = store.Snapshot(resource.GroupResource);
        position = snapshot.ResourceVersion;
        if (options.Revision is > 0 && !options.SendInitialEvents)
        {
            position = options.Revision.Value;
            if (position > snapshot.ResourceVersion)
            {
                // A history this server does not know: the client comes from before a restore.
                throw ApiErrors.Expired($"too large resource version: {position}, current: {snapshot.ResourceVersion}");
            }

            try
            {
                store.ChangesAfter(resource.GroupResource, position);
            }
            catch (HistoryExpiredException e)
            {
                throw ApiErrors.Expired(e.Message);
            }

            return [];
        }

        return [.. snapshot.Objects.Values.Where(options.Filter.Matches)];
    }

    private async Task StreamAsync(HttpContext http, ResourceDefinition resource, ListOptions options, WatchFrames frames, ArrayBufferWriter<byte> buffer, long position, CancellationToken end)
    {
        // What is being written is written to its end: an event cut in half could not be followed by an error event.
        var cancellationToken = http.RequestAborted;
        var started = clock.GetTimestamp();
        var farewell = (options.Timeout ?? DefaultTimeout) - FarewellTime;
        var isBookmarkDue = false;
        while (true)
        {
            List<StoreChange> changes;
            Task more;
            try
            {
                (changes, position, more) = store.ChangesAfter(resource.GroupResource, position);
            }
            catch (HistoryExpiredException e)
            {
                WatchFrames.WriteError(buffer, ApiErrors.Expired(e.Message));
                await FlushAsync(http, buffer, cancellationToken);
                return;
            }

            foreach (var change in changes)
            {
                WriteChange(frames, buffer, options.Filter, change);
            }

            if (isBookmarkDue && changes.Count == 0)
            {
                frames.WriteBookmark(buffer, position, initialEventsEnd: false);
            }

            await FlushAsync(http, buffer, cancellationToken);
            if (resource.IsCustom && registry.Find(resource.GroupResource) is null)
            {
                return;
            }

            try
            {
                isBookmarkDue = false;
                await more.WaitAsync(options.Bookmarks ? UntilBookmark(clock.GetElapsedTime(started), farewell) : Timeout.InfiniteTimeSpan, clock, end);
            }
            catch (TimeoutException)
            {
                // The position may have grown meanwhile, through writes to other resources.
                isBookmarkDue = true;
            }
        }
    }

    private TimeSpan UntilBookmark(TimeSpan elapsed, TimeSpan farewell)
    {
        var left = farewell - elapsed;
        return left > TimeSpan.Zero && left < bookmarkInterval ? left : bookmarkInterval;
    }

    /// <summary>Writes a change as the filter sees it: an object that begins to match is added, one that ceases to match is deleted.</summary>
    private static void WriteChange(WatchFrames frames, ArrayBufferWriter<byte> buffer, ObjectFilter filter, StoreChange change)
    {
        var matches = change.Type != ChangeType.Deleted && filter.Matches(change.Current);
        var matched = change.Previous is not null && filter.Matches(change.Previous);
        if (matches)
        {
            frames.Write(buffer, matched ? "MODIFIED"u8 : "ADDED"u8, change.Current);
        }
        else if (matched)
        {
            frames.Write(buffer, "DELETED"u8, change.Type == ChangeType.Deleted ? change.Current : StoredObject.Create(change.Previous!.ToJson(), change.ResourceVersion));
        }
    }

    private static async Task FlushAsync(HttpContext http, ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.WrittenCount > 0)
        {
            await http.Response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken);
            buffer.ResetWrittenCount();
        }

        await http.Response.Body.FlushAsync(cancellationToken);
    }
}
