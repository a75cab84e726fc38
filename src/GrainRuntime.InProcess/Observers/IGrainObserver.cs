using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// The base of interfaces through which a grain calls back. Objects are made callable with
/// <see cref="IGrainFactory.CreateObjectReference{TGrainObserverInterface}"/>, which holds them weakly.
/// </summary>
public interface IGrainObserver : IAddressable;
