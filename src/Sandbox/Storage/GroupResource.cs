namespace Wego.Sandbox.Storage;

/// <summary>A resource without a version: what the store keeps objects under.</summary>
internal readonly record struct GroupResource(string Group, string Resource)
{
    public override string ToString() => Group.Length == 0 ? Resource : $"{Resource}.{Group}";
}
