namespace Wego.Frontend;

/// <summary>Where it is recorded who changed what. Section <c>Wego:Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Wego:Audit";

    /// <summary>
    /// Whether each change is also told as a Kubernetes Event on what was changed, written with the service's own rights. Default: no.
    /// </summary>
    public bool Events { get; set; }
}
