using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins.Charts;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Helm;

/// <summary>Package repositories as <c>AppRepository</c> objects, their logins in Secrets beside them.</summary>
/// <param name="options">The plugin's settings.</param>
/// <param name="clusters">Which cluster is the default one: it alone has repositories that others use.</param>
/// <param name="catalogues">Reads the repositories' remote side.</param>
/// <param name="logger">Where clean-ups that failed are told.</param>
internal sealed class HelmRepositoryFormat(
    IOptions<HelmOptions> options,
    IKubernetesClients clusters,
    IHelmCatalogueSource catalogues,
    ILogger<HelmRepositoryFormat> logger) : IRepositoryFormat
{
    private readonly string _global = options.Value.GlobalNamespace;

    /// <inheritdoc/>
    public WatchedKind RepositoryKind => AppRepositories.WatchedKind;

    /// <inheritdoc/>
    public bool DefaultClusterOnly => true;

    /// <inheritdoc/>
    public string? GlobalNamespace => _global;

    /// <inheritdoc/>
    public CatalogueAccess CatalogueAccess { get; } = new("get", AppRepositories.Secrets, GlobalIsOpen: true);

    /// <inheritdoc/>
    public CatalogueSearch Search { get; } = new(CatalogueVersionScope.Any, ByRepositoryName: true);

    /// <inheritdoc/>
    public CatalogueScope ReadScope(string cluster, string ns)
    {
        if (ns.Length == 0)
        {
            throw new PackageException(PackageErrorCode.Unimplemented, "context.namespace: Helm repositories offer packages to one namespace; name it.");
        }

        return cluster == clusters.DefaultClusterName
            ? new CatalogueScope(cluster, [ns, _global])
            : new CatalogueScope(clusters.DefaultClusterName, [_global]);
    }

    /// <inheritdoc/>
    public RepositorySummary ReadRepository(string cluster, KubernetesObject obj) => AppRepositoryReader.Read(cluster, obj, _global);

    /// <inheritdoc/>
    public RefreshSchedule ReadSchedule(KubernetesObject obj) => AppRepositoryReader.ReadSchedule(obj);

    /// <inheritdoc/>
    public Task<CatalogueRefresh> RefreshAsync(
        RepositoryRef repository, KubernetesObject obj, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken) =>
        catalogues.RefreshAsync(obj, previous, call, cancellationToken);

    /// <inheritdoc/>
    public Task<PackageContent> FetchContentAsync(
        RepositoryRef repository, KubernetesObject obj, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken) =>
        catalogues.FetchContentAsync(obj, package, version, call, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<PackageMetadata>> FetchMetadataAsync(
        RepositoryRef repository, KubernetesObject obj, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken) =>
        catalogues.FetchMetadataAsync(obj, package, version, call, cancellationToken);

    /// <inheritdoc/>
    public async Task<RepositoryDetail> ReadDetailAsync(RepositoryRef repository, KubernetesObject obj, PluginCall call, CancellationToken cancellationToken)
    {
        var secrets = await AppRepositorySecrets.LoadAsync(obj, call, cancellationToken);
        return new RepositoryDetail
        {
            Summary = ReadRepository(repository.Cluster, obj),
            Interval = GoDuration.Trim(obj.Text("spec", "interval")),
            Tls = AppRepositoryAuthReader.ReadTls(obj, secrets),
            Auth = AppRepositoryAuthReader.ReadAuth(obj, secrets),
            CustomDetail = HelmCustomDetail.Write(obj, secrets),
        };
    }

    /// <inheritdoc/>
    public async Task AddAsync(AddRepository request, PluginCall call, CancellationToken cancellationToken)
    {
        var (ns, name) = (request.Ref.Namespace, request.Ref.Name);
        ObjectNames.RequireObject("name", name);
        ObjectNames.RequireNamespace("context.namespace", ns);
        RequireScope(request);
        var detail = HelmCustomDetail.Read(request.CustomDetail);
        RequireType(request.Type);
        var manifest = AppRepositoryManifest.Create(request, detail);
        var credentials = HelmCredentialsPlanner.Plan(name, request.Auth, request.Tls, null, AppRepositorySecrets.None);
        var pull = HelmPullSecretPlan.Of(name, detail?.ImagesPullSecret, null, AppRepositorySecrets.None);
        await CheckAsync(credentials, pull, ns, call, cancellationToken);
        AppRepositoryManifest.SetSecrets(manifest, credentials, pull.Names);
        if (detail is { PerformValidation: true })
        {
            await ValidateAsync(KubernetesObject.From(manifest), credentials, pull, call, cancellationToken);
        }

        var secrets = new ManagedSecrets(HelmSecrets.Ownership, call, logger);
        KubernetesObject? created = null;
        try
        {
            await secrets.CreateAsync(credentials.Content, ns, HelmSecrets.NameOf(name), owner: null, cancellationToken);
            await secrets.CreateAsync(pull.Content, ns, HelmSecrets.PullNameOf(name), owner: null, cancellationToken);
            created = await call.Client.CreateAsync(call.Identity, AppRepositories.Resource, ns, manifest, new WriteOptions(), cancellationToken);
            await secrets.AdoptAsync(created, cancellationToken);
        }
        catch
        {
            if (created is not null)
            {
                await TryDeleteAsync(created, call);
            }

            await secrets.RollBackAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Conditional on the version that was read. Without a custom detail the filter, the names of charts and the pull secret are
    /// cleared; with one, everything that it can say is as it says.
    /// </remarks>
    public async Task UpdateAsync(UpdateRepository request, PluginCall call, CancellationToken cancellationToken)
    {
        var (ns, name) = (request.Ref.Namespace, request.Ref.Name);
        var detail = HelmCustomDetail.Read(request.CustomDetail);
        var present = await call.Client.GetAsync(call.Identity, AppRepositories.Resource, ns, name, cancellationToken);
        var stored = await AppRepositorySecrets.LoadAsync(present, call, cancellationToken);
        var manifest = AppRepositoryManifest.Update(present, request, detail);
        var credentials = HelmCredentialsPlanner.Plan(name, request.Auth, request.Tls, present, stored);
        var pull = HelmPullSecretPlan.Of(name, detail?.ImagesPullSecret, present, stored);
        await CheckAsync(credentials, pull, ns, call, cancellationToken);
        AppRepositoryManifest.SetSecrets(manifest, credentials, pull.Names);
        if (credentials is { KeepStored: false, Content: not null } && stored.Credentials.Any())
        {
            // The Secret keeps its name, so that nothing else would tell that it is to be tried.
            AppRepositoryManifest.RequestResync(manifest, present);
        }

        var secrets = new ManagedSecrets(HelmSecrets.Ownership, call, logger);
        try
        {
            if (!credentials.KeepStored)
            {
                await WriteAsync(secrets, credentials.Content, stored.Credentials.FirstOrDefault(), HelmSecrets.NameOf(name), present, cancellationToken);
            }

            if (!pull.KeepStored)
            {
                await WriteAsync(secrets, pull.Content, stored.Pull, HelmSecrets.PullNameOf(name), present, cancellationToken);
            }

            await call.Client.ReplaceAsync(call.Identity, AppRepositories.Resource, ns, name, manifest, new WriteOptions(), cancellationToken);
        }
        catch
        {
            await secrets.RollBackAsync();
            throw;
        }

        string?[] used = [credentials.Auth?.Name, credentials.Ca?.Name, .. pull.Names];
        var unused = stored.Credentials.Append(stored.Pull).OfType<RepositorySecret>().Where(s => !used.Contains(s.Name, StringComparer.Ordinal));
        await secrets.RemoveAsync(present, unused);
    }

    /// <inheritdoc/>
    /// <remarks>Kubernetes collects the Secrets that the repository owns; those of users stay.</remarks>
    public Task DeleteAsync(RepositoryRef repository, PluginCall call, CancellationToken cancellationToken) =>
        call.Client.DeleteAsync(call.Identity, AppRepositories.Resource, repository.Namespace, repository.Name, new DeleteOptions("Background"), cancellationToken);

    private void RequireScope(AddRepository request)
    {
        if (request.NamespaceScoped != (request.Ref.Namespace != _global))
        {
            throw PackageException.InvalidField("namespace_scoped", request.NamespaceScoped
                ? $"a repository in {_global} serves all namespaces; set it to false, or choose another namespace."
                : $"a repository for all namespaces belongs into {_global}; set it to true, or choose that namespace.");
        }
    }

    private static void RequireType(string type)
    {
        if (type is not (AppRepositories.HelmType or AppRepositories.OciType))
        {
            throw PackageException.InvalidField("type", $"there are no Helm repositories of type '{type}'; use helm or oci.");
        }
    }

    private static async Task CheckAsync(HelmCredentialsPlan credentials, HelmPullSecretPlan pull, string ns, PluginCall call, CancellationToken cancellationToken)
    {
        foreach (var requirement in credentials.Requirements)
        {
            await requirement.CheckAsync(ns, call, cancellationToken);
        }

        if (pull.Requirement is not null)
        {
            await pull.Requirement.CheckAsync(ns, call, cancellationToken);
        }
    }

    private async Task ValidateAsync(KubernetesObject repository, HelmCredentialsPlan credentials, HelmPullSecretPlan pull, PluginCall call, CancellationToken cancellationToken)
    {
        if (repository.Namespace == _global && pull.Names.Length > 0)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"custom_detail.images_pull_secret: a repository in {_global} serves all namespaces, where its Secret is not; leave it out, or choose another namespace.");
        }

        await catalogues.ProbeAsync(repository, ConnectAsync, cancellationToken);

        Task<ChartConnection> ConnectAsync()
        {
            var values = credentials.Values;
            return credentials.Content is null
                ? AppRepositoryConnection.ReadAsync(repository, call, cancellationToken)
                : Task.FromResult(AppRepositoryConnection.Create(
                    repository,
                    HelmCredentialsPlanner.HeaderOf(values),
                    values.Docker is null ? null : DockerConfigSecret.Write(values.Docker),
                    values.CertAuthority));
        }
    }

    private static async Task WriteAsync(
        ManagedSecrets secrets, SecretContent? content, RepositorySecret? stored, SecretName name, KubernetesObject owner, CancellationToken cancellationToken)
    {
        if (content is not null && stored is not null)
        {
            await secrets.ReplaceAsync(stored, content, owner, cancellationToken);
        }
        else
        {
            await secrets.CreateAsync(content, owner.Namespace, name, owner, cancellationToken);
        }
    }

    private static async Task TryDeleteAsync(KubernetesObject created, PluginCall call)
    {
        try
        {
            await call.Client.DeleteAsync(
                call.Identity, AppRepositories.Resource, created.Namespace, created.Name, new DeleteOptions(PreconditionUid: created.Uid), CancellationToken.None);
        }
        catch (KubernetesException)
        {
            // What made the roll-back necessary is what the caller is told.
        }
    }
}
