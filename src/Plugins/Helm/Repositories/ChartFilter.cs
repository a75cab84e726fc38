using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Wego.Jq;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>
/// The <c>filterRule</c> of an <c>AppRepository</c>: a jq program that says of a chart, in the JSON that Kubeapps gave it, whether it
/// is offered.
/// </summary>
internal sealed class ChartFilter
{
    private const int MaxProblemsTold = 3;

    private readonly JqProgram _program;

    private ChartFilter(JqProgram program) => _program = program;

    /// <summary>The filter of a repository; null where it has none.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: it is no program.</exception>
    public static ChartFilter? Of(KubernetesObject repository)
    {
        var rule = repository.Spec.Child("filterRule");
        var variables = rule.Child("variables") is { ValueKind: JsonValueKind.Object } given
            ? given.EnumerateObject().Where(v => v.Value.ValueKind == JsonValueKind.String).ToDictionary(v => v.Name, v => v.Value.GetString()!, StringComparer.Ordinal)
            : [];
        try
        {
            return Compile(rule.Text("jq"), variables);
        }
        catch (JqCompileException e)
        {
            throw new PackageException(PackageErrorCode.FailedPrecondition, $"The filter of AppRepository {repository.Namespace}/{repository.Name} (spec.filterRule.jq) is no jq program: {e.Message}", e);
        }
    }

    /// <summary>Refuses a rule that is no program.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>.</exception>
    public static void Require(string field, string jq, IReadOnlyDictionary<string, string> variables)
    {
        try
        {
            _ = Compile(jq, variables);
        }
        catch (JqCompileException e)
        {
            throw PackageException.InvalidField(field, $"this is no jq program: {e.Message}");
        }
    }

    /// <summary>The refresh with those charts alone that the filter lets through; charts on which it fails are left out with a warning.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: it fails on every chart.</exception>
    public CatalogueRefresh Apply(CatalogueRefresh refresh, KubernetesObject repository, CancellationToken cancellationToken)
    {
        if (refresh.Catalogue is not { } catalogue)
        {
            return refresh;
        }

        var (kept, problems) = (new List<CataloguePackage>(), new List<string>());
        foreach (var package in catalogue.Packages)
        {
            try
            {
                if (Matches(package, repository, cancellationToken))
                {
                    kept.Add(package);
                }
            }
            catch (JqException e)
            {
                problems.Add($"{package.Name}: {e.Message}");
            }
        }

        if (problems.Count > 0 && problems.Count == catalogue.Packages.Length)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"The filter of AppRepository {repository.Namespace}/{repository.Name} (spec.filterRule.jq) fails on every chart; first: {problems[0]}");
        }

        var warning = problems.Count == 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"the filter failed on {problems.Count} charts, which were left out; first: {string.Join("; ", problems.Take(MaxProblemsTold))}");
        return refresh with
        {
            Catalogue = Catalogue.Create(kept),
            Warning = refresh.Warning is null ? warning : warning is null ? refresh.Warning : $"{refresh.Warning}; {warning}",
        };
    }

    private static ChartFilter? Compile(string jq, IReadOnlyDictionary<string, string> variables) =>
        jq.Length == 0 ? null : new ChartFilter(JqProgram.Compile(jq, variables));

    private bool Matches(CataloguePackage package, KubernetesObject repository, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, package, repository);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return _program.EvaluateBoolean(document.RootElement, cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, CataloguePackage package, KubernetesObject repository)
    {
        json.WriteStartObject();
        json.WriteString("ID", $"{repository.Name}/{package.Id}");
        json.WriteString("name", package.Name);
        json.WriteStartObject("repo");
        json.WriteString("namespace", repository.Namespace);
        json.WriteString("name", repository.Name);
        json.WriteString("url", ChartAddress.WithoutUser(repository.Text("spec", "url")));
        json.WriteString("type", AppRepositories.TypeOf(repository));
        json.WriteEndObject();
        json.WriteString("description", package.ShortDescription);
        json.WriteString("home", package.HomeUrl);
        WriteTexts(json, "keywords", package.Keywords);
        json.WriteStartArray("maintainers");
        foreach (var maintainer in package.Maintainers)
        {
            json.WriteStartObject();
            json.WriteString("name", maintainer.Name);
            json.WriteString("email", maintainer.Email);
            json.WriteString("url", maintainer.Url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTexts(json, "sources", package.Sources);
        json.WriteString("icon", package.IconUrl);
        json.WriteString("category", package.Categories.FirstOrDefault() ?? "");
        json.WriteStartArray("chartVersions");
        foreach (var version in package.Versions)
        {
            WriteVersion(json, version);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, CatalogueVersion version)
    {
        json.WriteStartObject();
        json.WriteString("version", version.Version);
        json.WriteString("app_version", version.AppVersion);
        json.WriteString("created", KubernetesTime.Format(version.Created ?? default));
        json.WriteString("digest", version.Digest is { } digest ? digest.ToString()["sha256:".Length..] : "");
        WriteTexts(json, "urls", version.Urls);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
