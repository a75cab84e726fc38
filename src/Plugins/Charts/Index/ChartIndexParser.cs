namespace Wego.Plugins.Charts;

/// <summary>
/// Reads the index of a Helm repository (<see href="https://helm.sh/docs/topics/chart_repository/#the-index-file">index.yaml</see>),
/// in YAML or JSON, part by part: what is not kept is never built. A broken entry is skipped and reported, a broken document
/// is an error. YAML aliases are not expanded.
/// </summary>
public static class ChartIndexParser
{
    /// <summary>Reads an index.</summary>
    /// <param name="content">The file, UTF-8.</param>
    /// <param name="limits">What to accept.</param>
    /// <param name="cancellationToken">Gives up between two entries.</param>
    /// <exception cref="ChartIndexException">The document is broken, no index, or beyond a limit.</exception>
    public static ChartIndex Parse(ReadOnlyMemory<byte> content, ChartIndexLimits limits, CancellationToken cancellationToken)
    {
        if (content.Length > limits.MaxBytes)
        {
            throw new ChartIndexException(ChartFailure.TooLarge, 0, 0, $"it has {content.Length} bytes; at most {limits.MaxBytes} are accepted.");
        }

        var begin = content.Span.TrimStart("\uFEFF \t\r\n"u8);
        if (begin.StartsWith("<"u8))
        {
            throw new ChartIndexException(ChartFailure.MalformedIndex, 1, 1, "it is an HTML or XML page, not YAML. The URL has to be that of a Helm repository, without index.yaml.");
        }

        NodeReader reader = begin.StartsWith("{"u8)
            ? new JsonNodeReader(content, limits.MaxDepth)
            : new YamlNodeReader(content.OpenRead(), limits.MaxDepth);
        return new ChartIndexReading(reader, limits, cancellationToken).Run();
    }
}
