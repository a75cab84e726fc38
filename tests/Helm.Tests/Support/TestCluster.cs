namespace Wego.Helm.Tests;

/// <summary>A cluster and the tokens of some of its users; the service is Wego itself with the rights that the chart grants, team A may edit the namespace <c>team-a</c>, the viewer sees everything but secrets.</summary>
internal sealed record TestCluster(Uri Address, string CertificateAuthority, string Admin, string Service, string TeamA, string Viewer);
