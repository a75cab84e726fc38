using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Carvel;

namespace Wego.Carvel.Tests;

/// <summary>The catalogue that objects make up, whatever repository they name, and what is wrong with them.</summary>
internal static class CatalogueJson
{
    public static (ImmutableArray<CataloguePackage> Packages, ImmutableArray<string> Problems) Build(IEnumerable<KubernetesObject> objects)
    {
        var format = new CarvelCatalogue();
        var (packages, problems) = (ImmutableArray.CreateBuilder<CataloguePackage>(), ImmutableArray.CreateBuilder<string>());
        foreach (var group in objects.Select(format.Read).OfType<CatalogueObject>().GroupBy(o => o.Package).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var package = new PackageObjects(group.Key, group.FirstOrDefault(o => o.Description is not null), [.. group.Where(o => o.Description is null)]);
            if (format.Build(package, out var problem) is { } built)
            {
                packages.Add(built);
            }

            if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        return (packages.DrainToImmutable(), problems.DrainToImmutable());
    }

    public static JsonNode Write(IEnumerable<KubernetesObject> objects)
    {
        var all = objects.ToArray();
        var (packages, problems) = Build(all);
        var repositories = all.Select(new CarvelCatalogue().Read).Where(o => o?.Description is not null).ToDictionary(o => o!.Package, o => o!.Repository);
        return new JsonObject
        {
            ["packages"] = new JsonArray([.. packages.Select(p => (JsonNode)new JsonObject
            {
                ["name"] = p.Name,
                ["repository"] = repositories[p.Name],
                ["displayName"] = p.DisplayName,
                ["shortDescription"] = p.ShortDescription,
                ["longDescription"] = p.LongDescription,
                ["iconUrl"] = p.IconUrl,
                ["categories"] = new JsonArray([.. p.Categories.Select(c => (JsonNode)c)]),
                ["versions"] = new JsonArray([.. p.Versions.Select(v => (JsonNode)$"{v.Version} {v.Created:yyyy-MM-dd}".TrimEnd())]),
            })]),
            ["problems"] = new JsonArray([.. problems.Select(p => (JsonNode)p)]),
        };
    }
}
