using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Deletion;

/// <summary>How to delete: <c>meta/v1 DeleteOptions</c> from a body or the query.</summary>
internal sealed record DeletionOptions(PropagationPolicy Propagation, JsonObject? Preconditions, bool DryRun, bool AcceptsPending)
{
    public static DeletionOptions Background { get; } = new(PropagationPolicy.Background, null, false, false);

    /// <exception cref="ApiException">400 or 422.</exception>
    public static DeletionOptions Read(JsonObject? body, IQueryCollection query)
    {
        var orphan = body is not null && body.ContainsKey("orphanDependents") ? body.Flag("orphanDependents") : (bool?)null;
        var policy = body.Text("propagationPolicy") ?? (query.TryGetValue("propagationPolicy", out var q) ? q.ToString() : "");
        if (orphan is not null && policy.Length > 0)
        {
            throw Invalid(FieldError.Invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set"));
        }

        var propagation = policy switch
        {
            "" => orphan == true ? PropagationPolicy.Orphan : PropagationPolicy.Background,
            "Background" => PropagationPolicy.Background,
            "Foreground" => PropagationPolicy.Foreground,
            "Orphan" => PropagationPolicy.Orphan,
            _ => throw Invalid(FieldError.NotSupported("propagationPolicy", policy, ["\"Background\"", "\"Foreground\"", "\"Orphan\""])),
        };
        var dryRun = body.Strings("dryRun").Concat(query["dryRun"].OfType<string>()).ToArray();
        return new DeletionOptions(propagation, body.Object("preconditions"), DryRunOption.Read(dryRun), orphan == false);
    }

    private static ApiException Invalid(FieldError error) => ApiErrors.Invalid("meta.k8s.io", "DeleteOptions", "", [error]);
}
