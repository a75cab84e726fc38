using System.Collections.Immutable;
using Wego.Plugins;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;
using PbAuth = Kubeappsapis.Core.Packages.V1Alpha1.PackageRepositoryAuth;

namespace Wego.Frontend;

/// <summary>Repositories, from the model to the wire and back.</summary>
internal static class RepositoryMessages
{
    public static Pb.PackageRepositoryReference ToMessage(this RepositoryRef repository) => new()
    {
        Context = new Pb.Context { Cluster = repository.Cluster, Namespace = repository.Namespace },
        Identifier = repository.Name,
        Plugin = repository.Plugin.ToMessage(),
    };

    /// <summary>The status; null where nothing is known yet.</summary>
    public static Pb.PackageRepositoryStatus? ToMessage(this RepositoryStatus status) => status is { Ready: false, Reason: RepositoryStatusReason.Unspecified, UserReason: "" }
        ? null
        : new Pb.PackageRepositoryStatus
        {
            Ready = status.Ready,
            Reason = (Pb.PackageRepositoryStatus.Types.StatusReason)status.Reason,
            UserReason = status.UserReason,
        };

    public static Pb.PackageRepositorySummary ToMessage(this RepositorySummary repository) => new()
    {
        PackageRepoRef = repository.Ref.ToMessage(),
        Name = repository.Ref.Name,
        Description = repository.Description,
        NamespaceScoped = repository.NamespaceScoped,
        Type = repository.Type,
        Url = repository.Url,
        Status = repository.Status.ToMessage(),
        RequiresAuth = repository.RequiresAuth,
    };

    public static Pb.PackageRepositoryDetail ToMessage(this RepositoryDetail detail) => new()
    {
        PackageRepoRef = detail.Summary.Ref.ToMessage(),
        Name = detail.Summary.Ref.Name,
        Description = detail.Summary.Description,
        NamespaceScoped = detail.Summary.NamespaceScoped,
        Type = detail.Summary.Type,
        Url = detail.Summary.Url,
        Interval = detail.Interval,
        TlsConfig = detail.Tls?.ToMessage(),
        Auth = detail.Auth?.ToMessage(),
        CustomDetail = detail.CustomDetail?.ToMessage(),
        Status = detail.Summary.Status.ToMessage(),
    };

    public static AddRepository ToModel(this Pb.AddPackageRepositoryRequest request, RepositoryRef repository) => new()
    {
        Ref = repository,
        Description = request.Description,
        NamespaceScoped = request.NamespaceScoped,
        Type = request.Type,
        Url = request.Url,
        Interval = request.Interval,
        Tls = request.TlsConfig.ToModel(),
        Auth = request.Auth.ToModel(),
        CustomDetail = request.CustomDetail.ToModel(),
    };

    public static UpdateRepository ToModel(this Pb.UpdatePackageRepositoryRequest request, RepositoryRef repository) => new()
    {
        Ref = repository,
        Url = request.Url,
        Description = request.Description,
        Interval = request.Interval,
        Tls = request.TlsConfig.ToModel(),
        Auth = request.Auth.ToModel(),
        CustomDetail = request.CustomDetail.ToModel(),
    };

    private static Pb.PackageRepositoryTlsConfig ToMessage(this RepositoryTls tls)
    {
        var message = new Pb.PackageRepositoryTlsConfig { InsecureSkipVerify = tls.InsecureSkipVerify };
        if (tls.SecretRef is { } secret)
        {
            message.SecretRef = secret.ToMessage();
        }
        else if (tls.CertAuthority is { } authority)
        {
            message.CertAuthority = authority;
        }

        return message;
    }

    private static PbAuth ToMessage(this RepositoryAuth auth)
    {
        var message = new PbAuth { Type = (PbAuth.Types.PackageRepositoryAuthType)auth.Type, PassCredentials = auth.PassCredentials };
        switch (auth)
        {
            case { SecretRef: { } secret }:
                message.SecretRef = secret.ToMessage();
                break;
            case { UsernamePassword: { } basic }:
                message.UsernamePassword = new Pb.UsernamePassword { Username = basic.Username, Password = basic.Password };
                break;
            case { TlsCertKey: { } tls }:
                message.TlsCertKey = new Pb.TlsCertKey { Cert = tls.Cert, Key = tls.Key };
                break;
            case { DockerCredentials: { } docker }:
                message.DockerCreds = new Pb.DockerCredentials { Server = docker.Server, Username = docker.Username, Password = docker.Password, Email = docker.Email };
                break;
            case { Header: { } header }:
                message.Header = header;
                break;
            case { SshCredentials: { } ssh }:
                message.SshCreds = new Pb.SshCredentials { PrivateKey = ssh.PrivateKey, KnownHosts = ssh.KnownHosts };
                break;
            case { OpaqueCredentials: { } opaque }:
                message.OpaqueCreds = new Pb.OpaqueCredentials();
                message.OpaqueCreds.Data.Add(opaque);
                break;
        }

        return message;
    }

    private static Pb.SecretKeyReference ToMessage(this SecretKeyRef secret) => new() { Name = secret.Name, Key = secret.Key };

    private static SecretKeyRef ToModel(this Pb.SecretKeyReference secret) => new(secret.Name, secret.Key);

    private static RepositoryTls? ToModel(this Pb.PackageRepositoryTlsConfig? tls) => tls?.PackageRepoTlsConfigOneOfCase switch
    {
        null => null,
        Pb.PackageRepositoryTlsConfig.PackageRepoTlsConfigOneOfOneofCase.CertAuthority => new RepositoryTls(tls.InsecureSkipVerify, tls.CertAuthority, SecretRef: null),
        Pb.PackageRepositoryTlsConfig.PackageRepoTlsConfigOneOfOneofCase.SecretRef => new RepositoryTls(tls.InsecureSkipVerify, CertAuthority: null, tls.SecretRef.ToModel()),
        _ => new RepositoryTls(tls.InsecureSkipVerify, CertAuthority: null, SecretRef: null),
    };

    private static RepositoryAuth? ToModel(this PbAuth? auth)
    {
        if (auth is null)
        {
            return null;
        }

        var model = new RepositoryAuth { Type = (RepositoryAuthType)auth.Type, PassCredentials = auth.PassCredentials };
        return auth.PackageRepoAuthOneOfCase switch
        {
            PbAuth.PackageRepoAuthOneOfOneofCase.UsernamePassword => model with { UsernamePassword = new UsernamePassword(auth.UsernamePassword.Username, auth.UsernamePassword.Password) },
            PbAuth.PackageRepoAuthOneOfOneofCase.TlsCertKey => model with { TlsCertKey = new TlsCertKey(auth.TlsCertKey.Cert, auth.TlsCertKey.Key) },
            PbAuth.PackageRepoAuthOneOfOneofCase.DockerCreds => model with { DockerCredentials = new DockerCredentials(auth.DockerCreds.Server, auth.DockerCreds.Username, auth.DockerCreds.Password, auth.DockerCreds.Email) },
            PbAuth.PackageRepoAuthOneOfOneofCase.Header => model with { Header = auth.Header },
            PbAuth.PackageRepoAuthOneOfOneofCase.SecretRef => model with { SecretRef = auth.SecretRef.ToModel() },
            PbAuth.PackageRepoAuthOneOfOneofCase.SshCreds => model with { SshCredentials = new SshCredentials(auth.SshCreds.PrivateKey, auth.SshCreds.KnownHosts) },
            PbAuth.PackageRepoAuthOneOfOneofCase.OpaqueCreds => model with { OpaqueCredentials = auth.OpaqueCreds.Data.ToImmutableDictionary() },
            _ => model,
        };
    }
}
