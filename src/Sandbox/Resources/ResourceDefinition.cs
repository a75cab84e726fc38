using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Resources;

/// <summary>What the server knows about one resource, built-in or from a CRD.</summary>
internal sealed record ResourceDefinition
{
    public required string Group { get; init; }

    public required string Resource { get; init; }

    public required string Kind { get; init; }

    public required bool Namespaced { get; init; }

    /// <summary>The version objects are kept in.</summary>
    public required string StorageVersion { get; init; }

    /// <summary>Served versions, preferred first.</summary>
    public required IReadOnlyList<ResourceVersionDefinition> Versions { get; init; }

    public string ListKind { get => field.Length == 0 ? Kind + "List" : field; init; } = "";

    public string Singular { get => field.Length == 0 ? Kind.ToLowerInvariant() : field; init; } = "";

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public bool IsCustom { get; init; }

    public NameRule NameRule { get; init; }

    /// <summary>Whether <c>metadata.generation</c> counts changes of the desired state.</summary>
    public bool CountsGenerations { get; init; }

    /// <summary>Field selectors besides <c>metadata.name</c> and <c>metadata.namespace</c>.</summary>
    public IReadOnlyList<string> SelectableFields { get; init; } = [];

    public GroupResource GroupResource => new(Group, Resource);

    public ResourceVersionDefinition? Version(string name) => Versions.FirstOrDefault(v => string.Equals(v.Name, name, StringComparison.Ordinal));

    public string ApiVersion(string version) => Group.Length == 0 ? version : $"{Group}/{version}";
}
