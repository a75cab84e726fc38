using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Wego.Dashboard;

/// <summary>How the files of the folder are served: with type and ETag, hashed ones for ever, all others to be asked for anew. No dot-file is.</summary>
internal static class DashboardFiles
{
    private const string HashedFiles = "/static";

    public static void Use(IApplicationBuilder app, string directory)
    {
        var files = new PhysicalFileProvider(Path.GetFullPath(directory));
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".yaml"] = "application/yaml";
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files, DefaultFileNames = ["index.html"] });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = types,
            ServeUnknownFileTypes = true,
            DefaultContentType = "application/octet-stream",
            OnPrepareResponse = context =>
            {
                var headers = context.Context.Response.Headers;
                headers.CacheControl = context.Context.Request.Path.StartsWithSegments(HashedFiles, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
                headers.XContentTypeOptions = "nosniff";
            },
        });
    }
}
