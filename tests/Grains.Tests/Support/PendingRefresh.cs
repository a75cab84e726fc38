using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests;

/// <summary>A refresh under way, which the test ends.</summary>
internal sealed class PendingRefresh(KubernetesObject repository, CatalogueValidators? previous)
{
    private readonly TaskCompletionSource<CatalogueRefresh> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Url => repository.Text("spec", "url");

    public CatalogueValidators? Previous => previous;

    public void Load(string etag, params string[] packages) => _end.SetResult(new CatalogueRefresh(Catalogues.Of(packages), Validators(etag), Warning: null));

    public void LoadWithWarning(string etag, string warning, params string[] packages) =>
        _end.SetResult(new CatalogueRefresh(Catalogues.Of(packages), Validators(etag), warning));

    public void Unchanged() => _end.SetResult(new CatalogueRefresh(Catalogue: null, previous!, Warning: null));

    public void Fail(Exception e) => _end.SetException(e);

    public Task<CatalogueRefresh> EndAsync(CancellationToken cancellationToken) => _end.Task.WaitAsync(cancellationToken);

    private static CatalogueValidators Validators(string etag) => new(etag, LastModified: null, Digest: etag);
}
