using Wego.Sandbox.Json;

namespace Wego.Sandbox.Serving;

/// <summary>The <c>dryRun</c> option.</summary>
internal static class DryRunOption
{
    /// <exception cref="ApiException">422: a value other than <c>All</c>.</exception>
    public static bool Read(IReadOnlyCollection<string> values)
    {
        var set = values.Where(v => v.Length > 0).ToArray();
        if (set.Any(v => v is not "All"))
        {
            throw ApiErrors.Invalid("meta.k8s.io", "Options", "", [FieldError.NotSupported("dryRun", set.ToJsonArray()[0], ["\"All\""])]);
        }

        return set.Length > 0;
    }
}
