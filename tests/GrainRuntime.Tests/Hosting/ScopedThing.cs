namespace Wego.GrainRuntime.Tests.Hosting;

public sealed class ScopedThing;
