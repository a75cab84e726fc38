using System.Reflection;
using Google.Protobuf;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Plugins;
using Model = Wego.Plugins;

namespace Wego.Frontend.Tests.Mapping;

public sealed class MappingTests
{
    private static readonly RepositoryRef Repository = new(FakeServer.Id("p"), "default", "apps", "main");

    private static readonly Wego.Grains.AvailablePackageSummary Catalogue = ModelFiller.Fill<Wego.Grains.AvailablePackageSummary>();

    private static readonly Dictionary<string, Func<IMessage>> Messages = new()
    {
        ["AvailablePackageSummary"] = () => Catalogue.ToMessage(),
        ["AvailablePackageDetail"] = () => ModelFiller.Fill<Wego.Grains.AvailablePackageDetail>().ToMessage(),
        ["InstalledPackageSummary"] = () => ModelFiller.Fill<InstalledPackage>().ToMessage(Catalogue),
        ["InstalledPackageDetail"] = () => ModelFiller.Fill<Model.InstalledPackageDetail>().ToMessage(Catalogue),
        ["PackageRepositorySummary"] = () => ModelFiller.Fill<RepositorySummary>().ToMessage(),
        ["PackageRepositoryDetail"] = () => ModelFiller.Fill<RepositoryDetail>().ToMessage(),
        ["ResourceRef"] = () => ModelFiller.Fill<Model.ResourceRef>().ToMessage(),
    };

    // What no format of packages here tells.
    private static readonly string[] NotOffered =
    [
        "AvailablePackageDetail.long_description",
        "AvailablePackageDetail.custom_detail",
        "InstalledPackageSummary.latest_matching_version",
        "InstalledPackageDetail.latest_matching_version",
    ];

    public static TheoryData<string> Names() => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_field_of_a_message_is_set_from_its_model(string name)
    {
        var message = Messages[name]();
        MessageFields.Unset(message).Select(field => $"{name}.{field}").Except(NotOffered).ShouldBeEmpty();
        Golden.Check(name, message);
    }

    [Theory]
    [InlineData("cert_authority", "username_password")]
    [InlineData("secret_ref", "tls_cert_key")]
    [InlineData("cert_authority", "docker_creds")]
    [InlineData("cert_authority", "header")]
    [InlineData("cert_authority", "secret_ref")]
    [InlineData("secret_ref", "ssh_creds")]
    [InlineData("secret_ref", "opaque_creds")]
    public void A_new_repository_keeps_everything_on_its_way_to_the_model_and_back(string tls, string auth)
    {
        var request = MessageFields.Fill(new AddPackageRepositoryRequest(), tls, auth);
        MessageFields.Unset(request).ShouldBeEmpty();
        var model = request.ToModel(Repository);
        Unset(model).ShouldBeEmpty();
        var back = Detail(model.Description, model.NamespaceScoped, model.Type, model.Url, model.Interval, model.Tls, model.Auth, model.CustomDetail);
        (back.Description, back.NamespaceScoped, back.Type, back.Url, back.Interval)
            .ShouldBe((request.Description, request.NamespaceScoped, request.Type, request.Url, request.Interval));
        (back.TlsConfig, back.Auth, back.CustomDetail).ShouldBe((request.TlsConfig, request.Auth, request.CustomDetail));
    }

    [Fact]
    public void A_change_of_a_repository_keeps_everything_on_its_way_to_the_model()
    {
        var request = MessageFields.Fill(new UpdatePackageRepositoryRequest(), "cert_authority", "username_password");
        var model = request.ToModel(Repository);
        Unset(model).ShouldBeEmpty();
        var back = Detail(model.Description, namespaceScoped: true, type: "t", model.Url, model.Interval, model.Tls, model.Auth, model.CustomDetail);
        (back.Description, back.Url, back.Interval).ShouldBe((request.Description, request.Url, request.Interval));
        (back.TlsConfig, back.Auth, back.CustomDetail).ShouldBe((request.TlsConfig, request.Auth, request.CustomDetail));
    }

    [Fact]
    public void What_a_request_leaves_out_is_left_out_of_the_model()
    {
        var model = new AddPackageRepositoryRequest().ToModel(Repository);
        (model.Tls, model.Auth, model.CustomDetail).ShouldBe((null, null, null));
        ((Kubeappsapis.Core.Packages.V1Alpha1.ReconciliationOptions?)null).ToModel().ShouldBeNull();
    }

    [Fact]
    public void Options_keep_everything_on_their_way_to_the_model_and_back()
    {
        var options = MessageFields.Fill(new Kubeappsapis.Core.Packages.V1Alpha1.ReconciliationOptions());
        options.ToModel()!.ToMessage().ShouldBe(options);
    }

    [Theory]
    [InlineData(typeof(PackageStatusReason), typeof(InstalledPackageStatus.Types.StatusReason))]
    [InlineData(typeof(RepositoryStatusReason), typeof(PackageRepositoryStatus.Types.StatusReason))]
    [InlineData(typeof(RepositoryAuthType), typeof(PackageRepositoryAuth.Types.PackageRepositoryAuthType))]
    public void Enums_have_the_numbers_of_the_wire(Type model, Type wire) =>
        Enum.GetValues(model).Cast<int>().Order().ShouldBe(Enum.GetValues(wire).Cast<int>().Order());

    [Fact]
    public void What_a_package_says_of_itself_comes_before_what_its_catalogue_says()
    {
        var package = ModelFiller.Fill<InstalledPackage>();
        package.ToMessage(Catalogue).IconUrl.ShouldBe(package.IconUrl);
        (package with { IconUrl = "" }).ToMessage(Catalogue).IconUrl.ShouldBe(Catalogue.IconUrl);
        (package with { IconUrl = "" }).ToMessage(catalogue: null).IconUrl.ShouldBeEmpty();
        package.ToMessage(catalogue: null).LatestVersion.ShouldBeNull();
    }

    private static PackageRepositoryDetail Detail(
        string description, bool namespaceScoped, string type, string url, string interval, RepositoryTls? tls, RepositoryAuth? auth, CustomDetail? custom) => new RepositoryDetail
        {
            Summary = new RepositorySummary
            {
                Ref = Repository,
                Description = description,
                NamespaceScoped = namespaceScoped,
                Type = type,
                Url = url,
                Status = new RepositoryStatus(true, RepositoryStatusReason.Success, ""),
            },
            Interval = interval,
            Tls = tls,
            Auth = auth,
            CustomDetail = custom,
        }.ToMessage();

    private static IEnumerable<string> Unset(object model) => model.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetValue(model) is null or "" or false)
        .Select(p => p.Name);
}
