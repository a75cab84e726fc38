using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Carvel;

/// <summary>Package repositories as <c>PackageRepository</c> objects. kapp-controller fetches them and puts their packages into the cluster, from where they are read.</summary>
/// <param name="options">The plugin's settings.</param>
/// <param name="logger">Where clean-ups that failed are told.</param>
internal sealed class CarvelRepositoryFormat(IOptions<CarvelOptions> options, ILogger<CarvelRepositoryFormat> logger) : IRepositoryFormat
{
    private readonly CarvelOptions _options = options.Value;

    /// <inheritdoc/>
    public WatchedKind RepositoryKind => CarvelKinds.PackageRepositories;

    /// <inheritdoc/>
    public string? GlobalNamespace => _options.GlobalPackagingNamespace;

    /// <inheritdoc/>
    public bool ShowsGlobalRepositories => true;

    /// <inheritdoc/>
    public CatalogueAccess CatalogueAccess { get; } = new("list", CarvelKinds.Packages, GlobalIsOpen: true);

    /// <inheritdoc/>
    public CatalogueMatching Matching { get; } = new() { AllCategories = true, DescriptionsOnly = true };

    /// <inheritdoc/>
    public CatalogueScope ReadScope(string cluster, string ns) => new(cluster, ns.Length == 0 ? null : [ns, _options.GlobalPackagingNamespace]);

    /// <inheritdoc/>
    public ICatalogueObjects? Objects { get; } = new CarvelCatalogue();

    /// <inheritdoc/>
    public RepositorySummary ReadRepository(string cluster, KubernetesObject obj) => PackageRepositoryReader.Read(cluster, obj, _options.GlobalPackagingNamespace);

    /// <inheritdoc/>
    public async Task<PackageContent> FetchContentAsync(
        RepositoryRef repository, KubernetesObject obj, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken)
    {
        var metadatas = await CarvelKinds.PackageMetadatas.FindServedAsync(call, cancellationToken);
        var packages = await CarvelKinds.Packages.FindServedAsync(call, cancellationToken);
        var metadata = call.Client.GetAsync(call.Identity, metadatas, repository.Namespace, package.Name, cancellationToken);
        // The API demands that a Package has this name.
        var content = call.Client.GetAsync(call.Identity, packages, repository.Namespace, $"{package.Name}.{version}", cancellationToken);
        return PackageContentReader.Read(await metadata, await content);
    }

    /// <inheritdoc/>
    public async Task<RepositoryDetail> ReadDetailAsync(RepositoryRef repository, KubernetesObject obj, PluginCall call, CancellationToken cancellationToken) => new()
    {
        Summary = ReadRepository(repository.Cluster, obj),
        Interval = GoDuration.Trim(obj.Text("spec", "syncPeriod")),
        Auth = (await RepositoryCredentials.LoadAsync(obj, call, cancellationToken)).ToAuth(),
        CustomDetail = FetchDetail.Write(PackageRepositoryReader.TypeOf(obj), PackageRepositoryReader.SectionOf(obj)),
    };

    /// <inheritdoc/>
    public async Task AddAsync(AddRepository request, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await RepositoryKind.FindServedAsync(call, cancellationToken);
        var manifest = PackageRepositoryManifest.Create(request, _options, resource.ApiVersion);
        var plan = CredentialsPlanner.Plan(request.Type, request.Auth, RepositoryCredentials.None);
        await CheckAsync(plan, request.Ref.Namespace, call, cancellationToken);

        var secrets = new ManagedSecrets(CarvelSecrets.OfRepositories, call, logger);
        KubernetesObject? created = null;
        try
        {
            PackageRepositoryManifest.SetSecret(manifest, request.Type, await MakeAsync(secrets, plan, request.Ref, owner: null, cancellationToken));
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
    /// repository refers to the new one, so that kapp-controller never sees a repository without its credentials.
    /// </remarks>
    public async Task UpdateAsync(UpdateRepository request, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await RepositoryKind.FindServedAsync(call, cancellationToken);
        var (ns, name) = (request.Ref.Namespace, request.Ref.Name);
        var present = await call.Client.GetAsync(call.Identity, resource, ns, name, cancellationToken);
        var type = RequireChangeable(present);
        var manifest = present.ToJsonObject();
        PackageRepositoryManifest.Update(manifest, type, request);
        var stored = await RepositoryCredentials.LoadAsync(present, call, cancellationToken);
        var plan = CredentialsPlanner.Plan(type, request.Auth, stored);
        await CheckAsync(plan, ns, call, cancellationToken);
        RequireSettled(present);

        var secrets = new ManagedSecrets(CarvelSecrets.OfRepositories, call, logger);
        try
        {
            if (!plan.KeepStored)
            {
                PackageRepositoryManifest.SetSecret(manifest, type, await MakeAsync(secrets, plan, request.Ref, present, cancellationToken));
            }

            await call.Client.ReplaceAsync(call.Identity, resource, ns, name, manifest, new WriteOptions(), cancellationToken);
        }
        catch
        {
            await secrets.RollBackAsync();
            throw;
        }

        if (!plan.KeepStored && stored.Secret is { } unused)
        {
            await secrets.RemoveAsync(present, [unused]);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Kubernetes collects the Secret that the repository owns; those of users stay.</remarks>
    public async Task DeleteAsync(RepositoryRef repository, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await RepositoryKind.FindServedAsync(call, cancellationToken);
        await call.Client.DeleteAsync(call.Identity, resource, repository.Namespace, repository.Name, new DeleteOptions("Background"), cancellationToken);
    }

    private static string RequireChangeable(KubernetesObject repository) => PackageRepositoryReader.TypeOf(repository) switch
    {
        FetchType.Inline => throw new PackageException(
            PackageErrorCode.FailedPrecondition, $"PackageRepository {repository.Namespace}/{repository.Name} is inline, which cannot be changed here: change the object itself."),
        "" => throw new PackageException(
            PackageErrorCode.FailedPrecondition, $"PackageRepository {repository.Namespace}/{repository.Name} is fetched in a way that is not known here: change the object itself."),
        var type => type,
    };

    private static void RequireSettled(KubernetesObject repository)
    {
        if (CarvelCondition.Of(repository) is not null
            && PackageRepositoryReader.ReadStatus(repository) is { Reason: not (RepositoryStatusReason.Success or RepositoryStatusReason.Failed) } status)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"PackageRepository {repository.Namespace}/{repository.Name} is being reconciled{(status.UserReason.Length == 0 ? "" : $" ({status.UserReason})")}: wait until kapp-controller has finished, then change it.");
        }
    }

    private static async Task<string?> MakeAsync(ManagedSecrets secrets, CredentialsPlan plan, RepositoryRef repository, KubernetesObject? owner, CancellationToken cancellationToken) =>
        plan.Reference?.Name
        ?? await secrets.CreateAsync(plan.Content, repository.Namespace, SecretName.Generated($"{repository.Name}-"), owner, cancellationToken);

    // A Secret that is not there is a mistake in the request, as for Kubeapps; one that the caller may not read is not.
    private static async Task CheckAsync(CredentialsPlan plan, string ns, PluginCall call, CancellationToken cancellationToken)
    {
        if (plan.Reference is not { } reference)
        {
            return;
        }

        try
        {
            await reference.CheckAsync(ns, call, cancellationToken);
        }
        catch (PackageException e) when (e.Code == PackageErrorCode.NotFound)
        {
            throw PackageException.InvalidField(reference.Field, $"there is no Secret {reference.Name} in namespace {ns}; name one that is there.");
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
