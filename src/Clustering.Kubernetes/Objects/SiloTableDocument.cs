using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Clustering;

/// <summary>How a table lies in an object of one kind.</summary>
internal abstract class SiloTableDocument
{
    /// <summary>The collection of such objects.</summary>
    public abstract GroupVersionResource Resource { get; }

    /// <summary>Their kind.</summary>
    public abstract string Kind { get; }

    public static SiloTableDocument Of(SiloTableKind kind) => kind switch
    {
        SiloTableKind.SiloCluster => new SiloClusterDocument(),
        SiloTableKind.ConfigMap => new ConfigMapDocument(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <exception cref="SiloTableException">The object is damaged.</exception>
    public SiloTable Read(KubernetesObject obj)
    {
        try
        {
            return SiloTableReader.Read(Content(obj), Field, obj.ResourceVersion);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new SiloTableException(
                $"{Describe(obj.Namespace, obj.Name)} is damaged: {e.Message} Restore it from a copy, or delete it and restart all silos: it holds nothing else.", e);
        }
    }

    /// <summary>Puts a table into an object's manifest and gives that back.</summary>
    public abstract JsonObject Write(JsonObject manifest, SiloTable table);

    /// <summary>Why an object of this kind cannot be created although nothing stands in its way.</summary>
    public abstract string Missing(string ns);

    public string Describe(string ns, string name) => $"{Kind} {ns}/{name}";

    /// <summary>The path of the table in the object, for messages.</summary>
    protected abstract string Field { get; }

    /// <summary>The table in the object; undefined where there is none.</summary>
    protected abstract JsonElement Content(KubernetesObject obj);
}
