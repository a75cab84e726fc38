namespace Wego.Kubernetes;

/// <summary>What a <see cref="Reflector"/> follows, and how patiently.</summary>
public sealed record ReflectorOptions
{
    /// <summary>Null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Null for all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Ask for <c>PartialObjectMetadata</c>.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Items per page of a list.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>The first pause after a failure; each further one is twice as long.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause after a failure, before jitter. A server's Retry-After may ask for more.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest time after which a watch is opened anew.</summary>
    public TimeSpan MinWatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest such time. Each watch takes a random one in between, so that not all end together.</summary>
    public TimeSpan MaxWatchTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
