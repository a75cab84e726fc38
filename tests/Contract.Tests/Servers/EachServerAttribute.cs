using System.Reflection;
using Wego.Contract.Tests.Kubectl;
using Xunit.Sdk;
using Xunit.v3;

namespace Wego.Contract.Tests.Servers;

/// <summary>Runs a test once on each server. What is not there is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachServerAttribute : DataAttribute
{
    /// <summary>Whether the test needs kubectl, which comes with the kube-apiserver.</summary>
    public bool Kubectl { get; init; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new(Enum.GetValues<ServerKind>().Select(kind => (ITheoryDataRow)Row(kind)).ToArray());

    public override bool SupportsDiscoveryEnumeration() => true;

    private TheoryDataRow<ServerKind> Row(ServerKind kind)
    {
        var row = new TheoryDataRow<ServerKind>(kind) { Skip = TestServers.MissingReason(kind) ?? (Kubectl ? KubectlRunner.MissingReason() : null) };
        if (Kubectl || kind == ServerKind.KubeApiServer)
        {
            row.Traits[Needs.Trait] = [Needs.KubeApiServer];
        }

        return row;
    }
}
