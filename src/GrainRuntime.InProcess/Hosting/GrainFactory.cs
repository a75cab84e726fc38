using Orleans;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>Makes references, inside grains and outside.</summary>
internal sealed class GrainFactory(Silo silo) : IClusterClient
{
    public IServiceProvider ServiceProvider => silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        var grainClass = silo.Classes.Find(typeof(TGrainInterface), grainClassNamePrefix);
        var channel = new GrainChannel(silo, GrainId.Create(grainClass.Name, primaryKey), grainClass);
        return (TGrainInterface)(object)ReferenceFactory.Create(typeof(TGrainInterface), channel);
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference || obj is not TGrainObserverInterface)
        {
            throw new ArgumentException($"{obj.GetType()} must be an object that implements {typeof(TGrainObserverInterface)}, not a reference.", nameof(obj));
        }

        var channel = new ObserverChannel(silo, GrainId.Create("observer", Guid.NewGuid().ToString("N")), obj);
        return (TGrainObserverInterface)(object)ReferenceFactory.Create(typeof(TGrainObserverInterface), channel);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference { Channel: ObserverChannel channel })
        {
            throw new ArgumentException($"{obj?.GetType()} is not a reference made by CreateObjectReference.", nameof(obj));
        }

        channel.Delete();
    }
}
