namespace Orleans;

/// <summary>The base of interfaces whose grains are addressed by a string.</summary>
public interface IGrainWithStringKey : IGrain;
