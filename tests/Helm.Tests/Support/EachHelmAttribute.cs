using System.Reflection;
using Wego.Testing.ApiServers;
using Xunit.Sdk;
using Xunit.v3;

namespace Wego.Helm.Tests;

/// <summary>Runs a test with each <c>helm</c> program on a sandbox and on a real kube-apiserver. What is not there is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachHelmAttribute : DataAttribute
{
    public const string Sandbox = "sandbox";
    public const string KubeApiServer = "kube-apiserver";

    /// <summary>Only on the sandbox: the test needs nothing that it could lack.</summary>
    public bool OnSandboxOnly { get; init; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        string[] servers = OnSandboxOnly ? [Sandbox] : [Sandbox, KubeApiServer];
        string[] programs = HelmPrograms.All.Count > 0 ? [.. HelmPrograms.All] : ["helm"];
        return new(servers.SelectMany(_ => programs, (server, program) => (ITheoryDataRow)Row(server, program)).ToArray());
    }

    public override bool SupportsDiscoveryEnumeration() => true;

    private static TheoryDataRow<string, string> Row(string server, string program)
    {
        var row = new TheoryDataRow<string, string>(server, program)
        {
            Skip = HelmPrograms.MissingReason() ?? (server == KubeApiServer ? ApiServerAssets.MissingReason() : null),
        };
        row.Traits[Needs.Trait] = server == KubeApiServer ? [Needs.Helm, Needs.KubeApiServer] : [Needs.Helm];
        return row;
    }
}
