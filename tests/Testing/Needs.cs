namespace Wego.Testing;

/// <summary>The trait by which CI finds the tests that need a program which is not part of the .NET SDK: <c>[Trait(Needs.Trait, Needs.KubeApiServer)]</c>.</summary>
public static class Needs
{
    public const string Trait = "needs";

    public const string KubeApiServer = "kube-apiserver";

    public const string DockerRegistry = "docker-registry";

    public const string Helm = "helm";
}
