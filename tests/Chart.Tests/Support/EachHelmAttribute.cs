using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Wego.Chart.Tests;

/// <summary>Runs a test with each <c>helm</c> program, and with each case of a folder where one is given. Skipped with the reason where there is no program.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachHelmAttribute(string? cases = null) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        string[] programs = HelmPrograms.All.Count > 0 ? [.. HelmPrograms.All] : ["helm"];
        var rows = cases is null
            ? programs.Select(p => (ITheoryDataRow)Mark(new TheoryDataRow<string>(p)))
            : programs.SelectMany(_ => Cases.In(cases), (p, c) => (ITheoryDataRow)Mark(new TheoryDataRow<string, string>(p, c)));
        return new(rows.ToArray());
    }

    public override bool SupportsDiscoveryEnumeration() => true;

    private static TRow Mark<TRow>(TRow row)
        where TRow : TheoryDataRowBase
    {
        row.Skip = HelmPrograms.MissingReason();
        row.Traits[Needs.Trait] = [Needs.Helm];
        return row;
    }
}
