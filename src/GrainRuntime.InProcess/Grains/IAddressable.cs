namespace Orleans.Runtime;

/// <summary>Anything that calls can be addressed to: a grain or an observer.</summary>
public interface IAddressable;
