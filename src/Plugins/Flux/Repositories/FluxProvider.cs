using Google.Protobuf;
using Kubeappsapis.Plugins.Fluxv2.Packages.V1Alpha1;

namespace Wego.Plugins.Flux;

/// <summary>The cloud provider by whose workload identity Flux logs in to a registry, carried by <c>FluxPackageRepositoryCustomDetail</c>.</summary>
internal static class FluxProvider
{
    public const string Generic = "generic";
    private const string Field = "custom_detail";

    /// <summary>The provider of a request; null where it names none.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: another format's detail, or an unknown provider.</exception>
    public static string? Read(CustomDetail? detail)
    {
        if (detail is null || (detail.TypeUrl.Length == 0 && detail.Value.IsDefaultOrEmpty))
        {
            return null;
        }

        var expected = FluxPackageRepositoryCustomDetail.Descriptor.FullName;
        if (!detail.Is(expected))
        {
            throw PackageException.InvalidField(Field, $"a {expected} is expected, not '{detail.TypeUrl}'.");
        }

        return Parse(detail) switch
        {
            null or "" => null,
            (Generic or "aws" or "azure" or "gcp") and var known => known,
            var other => throw PackageException.InvalidField($"{Field}.provider", $"'{other}' is none of generic, aws, azure and gcp."),
        };
    }

    /// <summary>The detail of a repository; null where it has no provider beside the generic one.</summary>
    public static CustomDetail? Write(string provider) =>
        provider is "" or Generic
            ? null
            : new CustomDetail(
                $"type.googleapis.com/{FluxPackageRepositoryCustomDetail.Descriptor.FullName}",
                [.. new FluxPackageRepositoryCustomDetail { Provider = provider }.ToByteArray()]);

    // The Kubeapps dashboard sends a value that is cut off; that means none.
    private static string? Parse(CustomDetail detail)
    {
        try
        {
            return FluxPackageRepositoryCustomDetail.Parser.ParseFrom(detail.Value.AsSpan()).Provider;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
