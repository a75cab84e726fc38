using System.Globalization;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>Joins what the cluster says of a repository with what became of its catalogue here.</summary>
internal static class CatalogueStatus
{
    /// <summary>
    /// The summary with a status that tells of a failing refresh: its error, and the age of the catalogue that is served
    /// meanwhile; without any catalogue the repository has failed.
    /// </summary>
    public static RepositorySummary Merge(RepositorySummary summary, CatalogueState? catalogue, TimeProvider time)
    {
        var note = catalogue switch
        {
            { Error: { } error, LoadedAt: { } loaded } =>
                $"the catalogue of {KubernetesTime.Format(loaded)} ({Age(time.GetUtcNow() - loaded)} old) is served, refreshing it fails: {error}",
            { Error: { } error } => $"the catalogue cannot be loaded: {error}",
            { Warning: { } warning } => warning,
            _ => null,
        };
        if (note is null)
        {
            return summary;
        }

        var status = summary.Status with
        {
            UserReason = summary.Status.UserReason.Length == 0 ? note : $"{summary.Status.UserReason}; {note}",
        };
        return summary with
        {
            Status = catalogue is { Error: not null, LoadedAt: null } ? status with { Ready = false, Reason = RepositoryStatusReason.Failed } : status,
        };
    }

    private static string Age(TimeSpan age) => age.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h")
        : age.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min") : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalSeconds):0} s");
}
