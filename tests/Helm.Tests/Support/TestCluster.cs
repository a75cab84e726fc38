namespace Wego.Helm.Tests;

/// <summary>A cluster and the tokens of some of its users; team A may edit the namespace <c>team-a</c>, the viewer sees everything but secrets.</summary>
internal sealed record TestCluster(Uri Address, string CertificateAuthority, string Admin, string TeamA, string Viewer);
