using Microsoft.AspNetCore.Http;
using Wego.Sandbox.Authentication;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Serving;

/// <summary>What a request asks for, in the terms authorization uses.</summary>
internal sealed record ApiRequest
{
    /// <summary><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c>, <c>deletecollection</c>; of other paths the lower-case HTTP method.</summary>
    public required string Verb { get; init; }

    public required string Path { get; init; }

    public bool IsResource { get; init; }

    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The name for authorization where a listing selects a single object by <c>metadata.name</c>.</summary>
    public string SelectedName { get; init; } = "";

    public UserInfo User { get; init; } = UserInfo.Anonymous;

    public GroupResource GroupResource => new(Group, Resource);

    public static bool IsTrue(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var value) && value.ToString() is "true" or "1" or "True" or "TRUE" or "t" or "T";
}
