namespace Orleans.Runtime;

/// <summary>
/// Values that flow along calls: what a caller sets is seen by the grains it calls and by those they call. Changes made
/// by a callee are not seen by its caller.
/// </summary>
public static class RequestContext
{
    private const string ReentrancyKey = "#CCR";
    private static readonly AsyncLocal<Dictionary<string, object>?> s_values = new();

    /// <summary>The call chain whose requests may re-enter grains that allowed it; empty for none.</summary>
    public static Guid ReentrancyId
    {
        get => ReentrancyIdOf(s_values.Value);
        set
        {
            if (value == Guid.Empty)
            {
                Remove(ReentrancyKey);
            }
            else
            {
                Set(ReentrancyKey, value);
            }
        }
    }

    /// <summary>The names set.</summary>
    public static IEnumerable<string> Keys => s_values.Value?.Keys ?? Enumerable.Empty<string>();

    /// <summary>The names and values set.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => s_values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>Never changed in place: requests hold on to it.</summary>
    internal static Dictionary<string, object>? Values
    {
        get => s_values.Value;
        set => s_values.Value = value;
    }

    /// <summary>Until the result is disposed, calls made from here may come back to the calling grain while it awaits them.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new ReentrancySection(original, original == Guid.Empty ? Guid.NewGuid() : original);
    }

    /// <summary>Until the result is disposed, calls made from here may not re-enter grains further up the chain.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>The value of a name, or null.</summary>
    public static object? Get(string key) => s_values.Value?.GetValueOrDefault(key);

    /// <summary>Sets a name for the calls made from here on.</summary>
    public static void Set(string key, object value)
    {
        var current = s_values.Value;
        s_values.Value = new Dictionary<string, object>(current ?? []) { [key] = value };
    }

    /// <summary>Removes a name; says whether it was there.</summary>
    public static bool Remove(string key)
    {
        if (s_values.Value is not { } current || !current.ContainsKey(key))
        {
            return false;
        }

        var next = new Dictionary<string, object>(current);
        next.Remove(key);
        s_values.Value = next.Count == 0 ? null : next;
        return true;
    }

    /// <summary>Removes all names.</summary>
    public static void Clear() => s_values.Value = null;

    internal static Guid ReentrancyIdOf(Dictionary<string, object>? values) =>
        values is not null && values.TryGetValue(ReentrancyKey, out var value) && value is Guid id ? id : Guid.Empty;

    /// <summary>A stretch of code with its own setting for call chains; ends when disposed.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _current;

        /// <summary>Begins the stretch.</summary>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _current = newReentrancyId;
            if (_current != _original)
            {
                ReentrancyId = _current;
            }

            if (_current != Guid.Empty)
            {
                RuntimeContext.Current?.EnterReentrantSection(_current);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_current != Guid.Empty)
            {
                RuntimeContext.Current?.LeaveReentrantSection(_current);
            }

            if (_current != _original)
            {
                ReentrancyId = _original;
            }
        }
    }
}
