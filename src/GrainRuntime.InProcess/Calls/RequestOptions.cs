namespace Wego.GrainRuntime;

/// <summary>How a request mixes with others.</summary>
[Flags]
internal enum RequestOptions
{
    None = 0,
    ReadOnly = 1,
    AlwaysInterleave = 2,
    OneWay = 4,
}
