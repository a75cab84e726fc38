using Wego.Kubernetes;

namespace Wego.Plugins.Helm;

/// <summary>
/// The private folder of one operation, from which Helm is run as the caller. The token is in a file there and nowhere else: not
/// on a command line, not in an environment.
/// </summary>
internal sealed class HelmSession : IDisposable
{
    private const string Redacted = "[token]";

    private readonly WorkFolder _folder;
    private readonly HelmProgram _program;
    private readonly HelmOptions _options;
    private readonly TimeProvider _time;
    private readonly string _namespace;
    private readonly string _token;
    private readonly bool _useProxy;

    private HelmSession(WorkFolder folder, HelmProgram program, HelmOptions options, TimeProvider time, string ns, string token, bool useProxy)
    {
        (_folder, _program, _options, _time) = (folder, program, options, time);
        (_namespace, _token, _useProxy) = (ns, token, useProxy);
    }

    private TimeSpan Limit => TimeSpan.FromSeconds(_options.TimeoutSeconds) + HelmTimes.Grace;

    public static async Task<HelmSession> OpenAsync(
        WorkFolders folders, HelmProgram program, HelmOptions options, TimeProvider time, PluginCall call, string ns, CancellationToken cancellationToken)
    {
        var token = call.Identity is KubernetesIdentity.BearerIdentity bearer ? bearer.Token : throw new ArgumentException("Helm acts as a caller only.", nameof(call));
        CallerKubeconfig kubeconfig;
        try
        {
            kubeconfig = call.Client.CreateKubeconfig(call.Identity, ns);
        }
        catch (NotSupportedException e)
        {
            throw new PackageException(PackageErrorCode.FailedPrecondition, $"Helm packages cannot be changed there: {e.Message}", e);
        }

        var folder = folders.Create();
        try
        {
            await folder.WriteAsync("kubeconfig", kubeconfig.Content, cancellationToken);
            return new HelmSession(folder, program, options, time, ns, token, kubeconfig.UseEnvironmentProxy);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Puts a file into the private folder and gives its path.</summary>
    public Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => _folder.WriteAsync(name, content, cancellationToken);

    /// <summary>Runs Helm to its end.</summary>
    /// <exception cref="PackageException">It could not be started, or its images' Secrets could not be put in.</exception>
    public async Task<HelmResult> RunAsync(HelmCommand command, CancellationToken cancellationToken)
    {
        await using var renderer = command.PullSecrets.IsEmpty ? null : await PostRenderer.StartAsync(_folder, _program.Major, command.PullSecrets, cancellationToken);
        var environment = HelmEnvironment.Create(_folder.Path, _useProxy)
            .SetItem("KUBECONFIG", _folder.FileName("kubeconfig"))
            .SetItem("HELM_DRIVER", command.Storage.Driver());
        var start = new HelmProcessStart(
            _program.Path,
            [.. command.Arguments, "--namespace", _namespace, .. renderer?.Arguments ?? []],
            _folder.Path,
            environment)
        { MaxOutputBytes = command.MaxOutputBytes };
        try
        {
            var result = await HelmProcess.RunAsync(start, Limit, _time, cancellationToken);
            var problem = renderer?.Problem is { } said && !result.Errors.Contains(said, StringComparison.Ordinal) ? $"{result.Errors.TrimEnd()}: {said}" : null;
            return result with { Output = Redact(result.Output), Errors = Redact(problem ?? result.Errors) };
        }
        catch (HelmStartException e)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"The helm program {_program.Path} cannot be used, {e.Message}: see {HelmOptions.Section}:{nameof(HelmOptions.Executable)}.",
                e);
        }
    }

    public void Dispose() => _folder.Dispose();

    private string Redact(string text) => text.Replace(_token, Redacted, StringComparison.Ordinal);
}
