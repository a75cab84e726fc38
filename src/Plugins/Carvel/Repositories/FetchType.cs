namespace Wego.Plugins.Carvel;

/// <summary>From where kapp-controller fetches a repository: the names of the sections of <c>spec.fetch</c>, which are the types of repositories too.</summary>
internal static class FetchType
{
    public const string ImgpkgBundle = "imgpkgBundle";
    public const string Image = "image";
    public const string Git = "git";
    public const string Http = "http";
    public const string Inline = "inline";

    public static string[] All { get; } = [ImgpkgBundle, Image, Git, Http, Inline];

    /// <summary>The field of a section that holds the address.</summary>
    public static string AddressOf(string type) => type == ImgpkgBundle ? "image" : "url";

    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: there is no such type, or none of its repositories can be added here.</exception>
    public static void Require(string type)
    {
        if (type is ImgpkgBundle or Image or Git or Http)
        {
            return;
        }

        const string Field = "type";
        throw PackageException.InvalidField(Field, type switch
        {
            "" => "say where the repository is fetched from: imgpkgBundle, image, git or http.",
            Inline => "inline repositories cannot be added here; use imgpkgBundle, image, git or http.",
            _ => $"kapp-controller has no repositories of type '{type}'; use imgpkgBundle, image, git or http.",
        });
    }
}
