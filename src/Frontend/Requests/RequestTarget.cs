using Google.Protobuf;
using Google.Protobuf.Reflection;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Frontend;

/// <summary>
/// What a request is about, by the fields that all requests of the API have in common. Nothing of it has been checked: it is what the
/// caller wrote.
/// </summary>
/// <param name="Cluster">The cluster; empty for the default one.</param>
/// <param name="Namespace">The namespace; empty where the request has none or is about all.</param>
/// <param name="Name">The object; empty where the request is about none or many.</param>
/// <param name="Plugin">The format; empty where the request names none.</param>
internal sealed record RequestTarget(string Cluster, string Namespace, string Name, string Plugin)
{
    private static readonly string[] s_references = ["installed_package_ref", "package_repo_ref"];
    private static readonly string[] s_contexts = ["target_context", "context"];

    /// <summary>A request about nothing in particular, or one that was never read.</summary>
    public static RequestTarget None { get; } = new("", "", "", "");

    /// <summary>Reads a request.</summary>
    public static RequestTarget Read(IMessage? request)
    {
        if (request is null)
        {
            return None;
        }

        if (request is Pb.GetAvailablePackageDetailRequest or Pb.GetAvailablePackageVersionsRequest or Pb.GetAvailablePackageMetadatasRequest)
        {
            return OfReference(Message(request, "available_package_ref"));
        }

        foreach (var field in s_references)
        {
            if (Message(request, field) is { } reference)
            {
                return OfReference(reference);
            }
        }

        var context = s_contexts.Select(field => Message(request, field)).FirstOrDefault(c => c is not null) as Pb.Context;
        var plugin = (Message(request, "plugin") ?? Message(Message(request, "available_package_ref"), "plugin")) as Kubeappsapis.Core.Plugins.V1Alpha1.Plugin;
        return new RequestTarget(Named(context?.Cluster), context?.Namespace ?? "", Text(request, "name"), plugin?.Name ?? "");
    }

    private static RequestTarget OfReference(IMessage? reference)
    {
        var context = Message(reference, "context") as Pb.Context;
        var plugin = Message(reference, "plugin") as Kubeappsapis.Core.Plugins.V1Alpha1.Plugin;
        return new RequestTarget(Named(context?.Cluster), context?.Namespace ?? "", Text(reference, "identifier"), plugin?.Name ?? "");
    }

    private static string Named(string? cluster) => cluster is null or "-" ? "" : cluster;

    private static IMessage? Message(IMessage? message, string field) =>
        message?.Descriptor.FindFieldByName(field) is { FieldType: FieldType.Message, IsRepeated: false } found ? (IMessage?)found.Accessor.GetValue(message) : null;

    private static string Text(IMessage? message, string field) =>
        message?.Descriptor.FindFieldByName(field) is { FieldType: FieldType.String, IsRepeated: false } found ? (string)found.Accessor.GetValue(message) : "";
}
