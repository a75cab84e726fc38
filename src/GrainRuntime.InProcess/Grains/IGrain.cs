using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of every grain interface. Declare interfaces with the key type, <see cref="IGrainWithStringKey"/>.</summary>
public interface IGrain : IAddressable;
