namespace Wego.Testing;

/// <summary>The <c>helm</c> programs that tests may use: a list of paths in an environment variable, separated as in <c>PATH</c>.</summary>
public static class HelmPrograms
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "WEGO_TEST_HELM";

    /// <summary>The programs; none where the variable is not set.</summary>
    public static IReadOnlyList<string> All => (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Why there is none, or null.</summary>
    public static string? MissingReason() => All.Count == 0
        ? $"{Variable} is not set; tests/helm/fetch.sh provides Helm 3 and 4 and prints the value to set"
        : All.FirstOrDefault(p => !File.Exists(p)) is { } missing ? $"{Variable} names {missing}, which does not exist" : null;
}
