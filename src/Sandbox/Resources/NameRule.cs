namespace Wego.Sandbox.Resources;

/// <summary>Which names a kind admits.</summary>
internal enum NameRule
{
    /// <summary>RFC 1123 subdomain, at most 253 characters.</summary>
    Subdomain,

    /// <summary>RFC 1123 label, at most 63 characters.</summary>
    Label,

    /// <summary>RFC 1035 label, at most 63 characters.</summary>
    ServiceLabel,

    /// <summary>Anything that is one path segment.</summary>
    PathSegment,
}
