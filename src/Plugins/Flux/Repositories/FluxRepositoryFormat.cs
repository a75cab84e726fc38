using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Flux;

/// <summary>Package repositories as <c>HelmRepository</c> objects, their credentials in Secrets beside them.</summary>
/// <param name="options">The plugin's settings.</param>
/// <param name="catalogues">Reads the repositories' remote side.</param>
/// <param name="logger">Where clean-ups that failed are told.</param>
internal sealed class FluxRepositoryFormat(IOptions<FluxOptions> options, ICatalogueSource catalogues, ILogger<FluxRepositoryFormat> logger) : IRepositoryFormat
{
    private readonly FluxOptions _options = options.Value;

    /// <inheritdoc/>
    public WatchedKind RepositoryKind => FluxKinds.HelmRepositories;

    /// <inheritdoc/>
    public bool DefaultClusterOnly => true;

    /// <inheritdoc/>
    public string? GlobalNamespace => null;

    /// <inheritdoc/>
    public CatalogueScope ReadScope(string cluster, string ns) => new(cluster, _options.NoCrossNamespaceRefs && ns.Length > 0 ? [ns] : null);

    /// <inheritdoc/>
    public RepositorySummary ReadRepository(string cluster, KubernetesObject obj) => HelmRepositoryReader.Read(cluster, obj);

    /// <inheritdoc/>
    public RefreshSchedule ReadSchedule(KubernetesObject obj) => HelmRepositoryReader.ReadSchedule(obj);

    /// <inheritdoc/>
    public Task<CatalogueRefresh> RefreshAsync(
        RepositoryRef repository, KubernetesObject obj, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken) =>
        catalogues.RefreshAsync(obj, previous, call, cancellationToken);

    /// <inheritdoc/>
    public Task<PackageContent> FetchContentAsync(
        RepositoryRef repository, KubernetesObject obj, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken) =>
        catalogues.FetchContentAsync(obj, package, version, call, cancellationToken);

    /// <inheritdoc/>
    public async Task<RepositoryDetail> ReadDetailAsync(RepositoryRef repository, KubernetesObject obj, PluginCall call, CancellationToken cancellationToken)
    {
        var secrets = await RepositorySecrets.LoadAsync(obj, call, cancellationToken);
        return new RepositoryDetail
        {
            Summary = HelmRepositoryReader.Read(repository.Cluster, obj),
            Interval = GoDuration.Trim(obj.Text("spec", "interval")),
            Tls = RepositoryAuthReader.ReadTls(obj, secrets),
            Auth = RepositoryAuthReader.ReadAuth(obj, secrets),
            CustomDetail = FluxProvider.Write(obj.Text("spec", "provider")),
        };
    }

    /// <inheritdoc/>
    public async Task AddAsync(AddRepository request, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await RepositoryKind.FindServedAsync(call.Client, cancellationToken);
        var manifest = HelmRepositoryManifest.Create(request, _options, resource);
        var plan = new CredentialsPlanner(request.Type, HasCertSecretRef(resource)).Plan(request.Auth, request.Tls);
        await CheckAsync(plan, request.Ref.Namespace, call, cancellationToken);

        var secrets = new ManagedSecrets(FluxSecrets.Ownership, call, logger);
        KubernetesObject? created = null;
        try
        {
            var (auth, cert) = await secrets.CreateAsync(plan, request.Ref, owner: null, cancellationToken);
            HelmRepositoryManifest.SetSecrets(manifest, auth, cert);
            created = await call.Client.CreateAsync(call.Identity, resource, request.Ref.Namespace, manifest, new WriteOptions(), cancellationToken);
            await secrets.AdoptAsync(created, cancellationToken);
        }
        catch
        {
            if (created is not null)
            {
                await TryDeleteAsync(resource, created, call);
            }

            await secrets.RollBackAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Conditional on the version that was read. A changed credential goes into a new Secret, and the old one is removed once the
    /// repository refers to the new one, so that Flux never sees a repository without its credentials.
    /// </remarks>
    public async Task UpdateAsync(UpdateRepository request, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await RepositoryKind.FindServedAsync(call.Client, cancellationToken);
        var (ns, name) = (request.Ref.Namespace, request.Ref.Name);
        var present = await call.Client.GetAsync(call.Identity, resource, ns, name, cancellationToken);
        if (HelmRepositoryReader.ReadStatus(present) is { Reason: RepositoryStatusReason.Pending } status)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"HelmRepository {ns}/{name} is still pending{Explain(status.UserReason)}: wait until Flux has finished, then change it.");
        }

        var type = HelmRepositoryReader.TypeOf(present);
        var stored = await RepositorySecrets.LoadAsync(present, call, cancellationToken);
        var manifest = present.ToJsonObject();
        HelmRepositoryManifest.Update(manifest, type, request, _options);
        var plan = new CredentialsPlanner(type, HasCertSecretRef(resource)).Plan(request.Auth, request.Tls, present, stored);
        await CheckAsync(plan, ns, call, cancellationToken);

        var secrets = new ManagedSecrets(FluxSecrets.Ownership, call, logger);
        try
        {
            if (!plan.KeepStored)
            {
                var (auth, cert) = await secrets.CreateAsync(plan, request.Ref, owner: present, cancellationToken);
                HelmRepositoryManifest.SetSecrets(manifest, auth, cert);
            }

            await call.Client.ReplaceAsync(call.Identity, resource, ns, name, manifest, new WriteOptions(), cancellationToken);
        }
        catch
        {
            await secrets.RollBackAsync();
            throw;
        }

        if (!plan.KeepStored)
        {
            await secrets.RemoveAsync(present, stored.All);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Kubernetes collects the Secrets that the repository owns; those of users stay.</remarks>
    public async Task DeleteAsync(RepositoryRef repository, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await RepositoryKind.FindServedAsync(call.Client, cancellationToken);
        await call.Client.DeleteAsync(call.Identity, resource, repository.Namespace, repository.Name, new DeleteOptions("Background"), cancellationToken);
    }

    private static string Explain(string reason) => reason.Length == 0 ? "" : $" ({reason})";

    // Before v1, certificates stood in the Secret of secretRef.
    private static bool HasCertSecretRef(GroupVersionResource resource) => resource.Version == "v1";

    private static async Task CheckAsync(CredentialsPlan plan, string ns, PluginCall call, CancellationToken cancellationToken)
    {
        foreach (var requirement in plan.Requirements)
        {
            await requirement.CheckAsync(ns, call, cancellationToken);
        }
    }

    private static async Task TryDeleteAsync(GroupVersionResource resource, KubernetesObject created, PluginCall call)
    {
        try
        {
            await call.Client.DeleteAsync(
                call.Identity, resource, created.Namespace, created.Name, new DeleteOptions(PreconditionUid: created.Uid), CancellationToken.None);
        }
        catch (KubernetesException)
        {
            // What made the roll-back necessary is what the caller is told.
        }
    }
}
