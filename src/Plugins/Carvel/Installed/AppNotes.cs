using System.Text;
using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>What the stages of an <c>App</c> have printed, as Markdown.</summary>
internal static class AppNotes
{
    private static readonly (string Title, string Stage)[] s_stages = [("Deploy", "deploy"), ("Fetch", "fetch")];

    /// <summary>What went to standard output, then what went to standard error; empty where neither said anything.</summary>
    public static string Read(KubernetesObject app)
    {
        var notes = new StringBuilder();
        Add(notes, app, "stdout");
        var withoutErrors = notes.Length;
        Add(notes, app, "stderr");
        return notes.Length == withoutErrors ? notes.ToString() : notes.Insert(withoutErrors, "### Errors\n\n").ToString();
    }

    private static void Add(StringBuilder notes, KubernetesObject app, string stream)
    {
        foreach (var (title, stage) in s_stages)
        {
            if (app.Text("status", stage, stream) is { Length: > 0 } text)
            {
                notes.Append("#### ").Append(title).Append("\n\n```\n").Append(text).Append("\n```\n\n");
            }
        }
    }
}
