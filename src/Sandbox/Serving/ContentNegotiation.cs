using Microsoft.Net.Http.Headers;

namespace Wego.Sandbox.Serving;

/// <summary>Picks the response form from an <c>Accept</c> header, whose parts are tried in the order the client wrote them.</summary>
internal static class ContentNegotiation
{
    /// <summary>Whether the client would rather have YAML than JSON.</summary>
    public static bool WantsYaml(IList<string?> accept) =>
        MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var types)
        && types.FirstOrDefault(t => t.MediaType.Value is "application/json" or "*/*" or "application/*" or "application/yaml")?.MediaType.Value is "application/yaml";

    /// <summary>The form and the version of <c>meta.k8s.io</c> it is wanted in.</summary>
    /// <exception cref="ApiException">406: nothing the client accepts is served.</exception>
    public static (ResponseForm Form, string Version) Negotiate(IList<string?> accept)
    {
        if (accept.Count == 0 || accept.All(string.IsNullOrWhiteSpace) || !MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var types))
        {
            return (ResponseForm.Plain, "v1");
        }

        foreach (var type in types)
        {
            if (type.MediaType.Value is not ("application/json" or "*/*" or "application/*" or "application/yaml"))
            {
                continue;
            }

            var parameters = type.Parameters.ToDictionary(p => p.Name.ToString(), p => HeaderUtilities.RemoveQuotes(p.Value).ToString(), StringComparer.OrdinalIgnoreCase);
            var form = parameters.GetValueOrDefault("as");
            if (form is null)
            {
                return (ResponseForm.Plain, "v1");
            }

            var version = parameters.GetValueOrDefault("v", "v1");
            if (!string.Equals(parameters.GetValueOrDefault("g"), "meta.k8s.io", StringComparison.Ordinal) || version is not ("v1" or "v1beta1"))
            {
                continue;
            }

            switch (form)
            {
                case "Table":
                    return (ResponseForm.Table, version);
                case "PartialObjectMetadata" or "PartialObjectMetadataList":
                    return (ResponseForm.Metadata, version);
            }
        }

        throw ApiErrors.NotAcceptable();
    }
}
