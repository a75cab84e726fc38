namespace Orleans;

/// <summary>Makes references to grains and observers. A reference costs nothing: the grain is activated by its first call.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain with this key.</summary>
    /// <param name="primaryKey">The key; any string that is not empty.</param>
    /// <param name="grainClassNamePrefix">Picks one of several implementations by the start of its full class name.</param>
    /// <exception cref="ArgumentException">The interface has no implementation, or several that the prefix does not tell apart.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>
    /// Makes an object callable by grains. The object is held weakly: the caller keeps it alive for as long as it wants
    /// calls. Calls arrive one at a time, in order, outside any grain.
    /// </summary>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Ends what <see cref="CreateObjectReference{TGrainObserverInterface}"/> began; later calls do not reach the object.</summary>
    /// <param name="obj">The reference, not the object itself.</param>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;
}
