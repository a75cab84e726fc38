using System.Globalization;
using System.Text;
using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>A README out of what the objects of a package say, in Markdown.</summary>
internal static class PackageReadme
{
    public static string Write(KubernetesObject metadata, KubernetesObject package)
    {
        var readme = new StringBuilder();
        Add(readme, "Description", metadata.Text("spec", "longDescription"));
        Add(readme, "Capacity requirements", CapacityOf(package));
        var notes = package.Text("spec", "releaseNotes");
        Add(readme, "Release notes", notes);
        if (notes.Length > 0 && PackageObjectReader.ReleasedAt(package) is { } released)
        {
            readme.Append(CultureInfo.InvariantCulture, $"Released at: {released.UtcDateTime:MMMM d, yyyy}\n\n");
        }

        Add(readme, "Support", metadata.Text("spec", "supportDescription"));
        var licenses = package.Find("spec", "licenses").Items().Select(l => l.ToString()).Where(l => l.Length > 0).ToArray();
        Add(readme, "Licenses", string.Join('\n', licenses.Select(l => $"- {l}")));
        return readme.ToString();
    }

    // Misspelt in the first versions of the API.
    private static string CapacityOf(KubernetesObject package) =>
        package.Text("spec", "capacityRequirementsDescription") is { Length: > 0 } text ? text : package.Text("spec", "capactiyRequirementsDescription");

    private static void Add(StringBuilder readme, string title, string text)
    {
        if (text.Length > 0)
        {
            readme.Append("## ").Append(title).Append("\n\n").Append(text).Append("\n\n");
        }
    }
}
