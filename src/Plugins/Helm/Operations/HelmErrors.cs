using System.Text.RegularExpressions;

namespace Wego.Plugins.Helm;

/// <summary>Gives what Helm says a precise code. Helm has one exit code for everything, so its words have to tell.</summary>
internal static partial class HelmErrors
{
    private const int MaxMessage = 4096;
    private const string Marker = "Error: ";

    // The first that is in the text counts. Texts of Helm 3 and 4, of client-go and of the API server.
    private static readonly (string Text, PackageErrorCode Code)[] s_known =
    [
        ("a name that is still in use", PackageErrorCode.AlreadyExists),
        ("another operation (install/upgrade/rollback) is in progress", PackageErrorCode.Aborted),
        ("release: already exists", PackageErrorCode.Aborted),
        (" is forbidden: ", PackageErrorCode.PermissionDenied),
        ("forbidden: User", PackageErrorCode.PermissionDenied),
        ("Unauthorized", PackageErrorCode.Unauthenticated),
        ("asked for the client to provide credentials", PackageErrorCode.Unauthenticated),
        ("You must be logged in to the server", PackageErrorCode.Unauthenticated),
        ("missing in charts/ directory", PackageErrorCode.FailedPrecondition),
        ("release: not found", PackageErrorCode.NotFound),
        ("release has no ", PackageErrorCode.NotFound),
        ("values don't meet the specifications of the schema", PackageErrorCode.InvalidArgument),
        ("execution error at (", PackageErrorCode.InvalidArgument),
        ("failed to parse", PackageErrorCode.InvalidArgument),
        ("error converting YAML to JSON", PackageErrorCode.InvalidArgument),
        ("context deadline exceeded", PackageErrorCode.DeadlineExceeded),
        ("timed out waiting", PackageErrorCode.DeadlineExceeded),
        ("exists and cannot be imported into the current release", PackageErrorCode.FailedPrecondition),
        ("Operation cannot be fulfilled on", PackageErrorCode.Aborted),
        ("cluster unreachable", PackageErrorCode.Unavailable),
        ("connection refused", PackageErrorCode.Unavailable),
        ("no such host", PackageErrorCode.Unavailable),
        ("i/o timeout", PackageErrorCode.Unavailable),
    ];

    /// <summary>What a failed run means.</summary>
    /// <param name="what">What was being done, for example <c>install package team-a/web</c>.</param>
    /// <param name="result">How it ended.</param>
    public static PackageException Translate(string what, HelmResult result)
    {
        if (result.TimedOut)
        {
            return Error(PackageErrorCode.DeadlineExceeded, what, $"Helm took too long and was ended. {Remedies.Interrupted("")}");
        }

        if (result.Signal > 0)
        {
            return Error(PackageErrorCode.Aborted, what, $"Helm was killed by signal {result.Signal} half-way. {Remedies.Interrupted("")}");
        }

        if (result.OutputWasCut)
        {
            return Error(PackageErrorCode.ResourceExhausted, what, "Helm printed more than Wego reads.");
        }

        var message = MessageOf(result.Errors);
        var code = s_known.FirstOrDefault(k => message.Contains(k.Text, StringComparison.OrdinalIgnoreCase)) is { Text: not null } known
            ? known.Code
            : MissingNamespace().IsMatch(message) ? PackageErrorCode.NotFound
            : Invalid().IsMatch(message) ? PackageErrorCode.InvalidArgument
            : PackageErrorCode.FailedPrecondition;
        return Error(code, what, message);
    }

    private static PackageException Error(PackageErrorCode code, string what, string message)
    {
        // The Kubeapps dashboard takes these words in any error for the end of a session.
        var text = code is PackageErrorCode.FailedPrecondition or PackageErrorCode.Internal ? SessionWords().Replace(message, "access data") : message;
        return new PackageException(code, $"Could not {what}: {text}");
    }

    /// <summary>What follows the last "Error: ", without warnings and progress.</summary>
    private static string MessageOf(string errors)
    {
        var at = errors.StartsWith(Marker, StringComparison.Ordinal) ? 0 : errors.LastIndexOf("\n" + Marker, StringComparison.Ordinal) is var line and >= 0 ? line + 1 : -1;
        var message = (at < 0 ? errors : errors[(at + Marker.Length)..]).Trim();
        message = message.Length == 0 ? "Helm failed and did not say why" : message;
        return message.Length <= MaxMessage ? message : message[..MaxMessage] + "…";
    }

    [GeneratedRegex("""namespaces "[^"]*" not found""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MissingNamespace();

    // What the API server answers with 422, or an admission webhook refuses.
    [GeneratedRegex("""" "[^"]*" is invalid: |admission webhook "[^"]*" denied|ValidationError\("""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Invalid();

    [GeneratedRegex("credentials|unauthorized", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SessionWords();
}
