using Wego.Plugins.Secrets;

namespace Wego.Plugins.Carvel;

/// <summary>How the Secrets that Wego makes for objects of kapp-controller are marked.</summary>
internal static class CarvelSecrets
{
    private const string Manager = "plugin:kapp-controller";

    public static SecretOwnership OfRepositories { get; } = new(Manager, CarvelKinds.PackageRepositoryKind);

    public static SecretOwnership OfInstalls { get; } = new(Manager, CarvelKinds.PackageInstallKind);
}
