using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Wego.Sandbox.Authorization;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Authentication;

/// <summary>Acts as somebody else where the <c>Impersonate-*</c> headers ask for it and the caller has the <c>impersonate</c> verb.</summary>
internal static class Impersonation
{
    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <exception cref="ApiException">403: the caller may not; 500: groups without a user.</exception>
    public static UserInfo Resolve(UserInfo caller, IHeaderDictionary headers, RbacAuthorizer authorizer)
    {
        var name = headers["Impersonate-User"].ToString();
        var groups = headers["Impersonate-Group"].OfType<string>().ToImmutableArray();
        var extra = headers.Where(h => h.Key.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (name.Length == 0)
        {
            return groups.Length == 0 && extra.Length == 0
                ? caller
                : throw ApiErrors.InternalError("requested groups or extra fields without impersonating a user");
        }

        UserInfo result;
        if (name.Split(':') is ["system", "serviceaccount", var @namespace, var account])
        {
            Demand(new AccessAttributes { User = caller, Verb = "impersonate", Resource = "serviceaccounts", Namespace = @namespace, Name = account });
            result = UserInfo.ServiceAccount(@namespace, account);
        }
        else
        {
            Demand(new AccessAttributes { User = caller, Verb = "impersonate", Resource = "users", Name = name });
            result = new UserInfo(name, []);
        }

        foreach (var group in groups)
        {
            Demand(new AccessAttributes { User = caller, Verb = "impersonate", Resource = "groups", Name = group });
        }

        foreach (var (header, values) in extra)
        {
            var key = Uri.UnescapeDataString(header[ExtraPrefix.Length..]).ToLowerInvariant();
            foreach (var value in values.OfType<string>())
            {
                Demand(new AccessAttributes { User = caller, Verb = "impersonate", Group = "authentication.k8s.io", Resource = "userextras", Subresource = key, Name = value });
            }

            result = result with { Extra = result.Extra.Add(key, [.. values.OfType<string>()]) };
        }

        if (groups.Length > 0)
        {
            result = result with { Groups = groups };
        }

        return name is "system:anonymous" || result.Groups.Contains("system:authenticated")
            ? result
            : result with { Groups = result.Groups.Add("system:authenticated") };

        void Demand(AccessAttributes attributes)
        {
            if (!authorizer.Authorize(attributes).Allowed)
            {
                throw ApiErrors.Forbidden(new GroupResource(attributes.Group, attributes.Resource), attributes.Name, attributes.Describe());
            }
        }
    }
}
