using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Wego.Plugins;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Archives;

public sealed class ChartArchiveReaderTests
{
    private const string Metadata = "apiVersion: v2\nname: app\nversion: 1.0.0\n";

    public static TheoryData<string> Cases() => [.. Golden.Cases("Charts")];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Content_is_read(string name)
    {
        var root = Golden.PathOf("Charts", name, "chart");
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => ("chart/" + Path.GetRelativePath(root, f), File.ReadAllText(f)));
        var text = new StringBuilder();
        try
        {
            Append(text, await ReadAsync(ChartPackage.Pack([.. files])));
        }
        catch (ChartException e)
        {
            text.Append($"{e.Failure}: {e.Message}\n");
        }

        Golden.Verify("Charts", name, text.ToString());
    }

    [Theory]
    [InlineData("../evil.yaml")]
    [InlineData("app/../../evil.yaml")]
    [InlineData("app\\..\\..\\evil.yaml")]
    [InlineData("/etc/evil.yaml")]
    [InlineData("C:/evil.yaml")]
    public async Task Path_that_leads_out_is_refused(string path)
    {
        var error = await Should.ThrowAsync<ChartException>(ReadAsync(ChartPackage.Pack(("app/Chart.yaml", Metadata), (path, "x"))));
        error.Failure.ShouldBe(ChartFailure.UnsafeArchive);
        error.Message.ShouldContain("evil.yaml");
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    public async Task Links_and_devices_are_refused(TarEntryType type)
    {
        var entry = new PaxTarEntry(type, "app/odd");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = "Chart.yaml";
        }

        var error = await Should.ThrowAsync<ChartException>(ReadAsync(ChartPackage.Pack((IEnumerable<TarEntry>)[entry])));
        error.Failure.ShouldBe(ChartFailure.UnsafeArchive);
        error.Message.ShouldContain("app/odd");
    }

    [Theory]
    [InlineData("packed")]
    [InlineData("unpacked")]
    [InlineData("files")]
    [InlineData("depth")]
    [InlineData("file")]
    public async Task What_is_beyond_a_limit_is_refused(string limit)
    {
        var limits = limit switch
        {
            "packed" => new ChartArchiveLimits { MaxPackedBytes = 100 },
            "unpacked" => new ChartArchiveLimits { MaxUnpackedBytes = 100_000 },
            "files" => new ChartArchiveLimits { MaxFiles = 2 },
            "depth" => new ChartArchiveLimits { MaxDepth = 3 },
            _ => new ChartArchiveLimits { MaxFileBytes = 1_000 },
        };
        var archive = ChartPackage.Pack(
            ("app/Chart.yaml", Metadata),
            ("app/README.md", new string('x', 2_000)),
            ("app/large.bin", new string('x', 1_000_000)),
            ("app/a/b/c/d.yaml", "x"));
        (await Should.ThrowAsync<ChartException>(ReadAsync(archive, limits))).Failure.ShouldBe(ChartFailure.TooLarge);
    }

    // Not a golden case: not every file system can hold these files beside each other.
    [Fact]
    public async Task Of_files_that_differ_in_case_the_usual_spelling_counts() =>
        (await ReadAsync(ChartPackage.Pack(("app/Chart.yaml", Metadata), ("app/README.MD", "wrong"), ("app/README.md", "right"), ("app/readme.md", "wrong")))).Readme.ShouldBe("right");

    [Fact]
    public async Task Digest_is_checked()
    {
        var archive = ChartPackage.Small();
        var content = await ChartArchiveReader.ReadAsync(archive, ContentDigest.Compute(archive), ChartArchiveLimits.Default, TestContext.Current.CancellationToken);
        content.Name.ShouldBe("app");
        var wrong = ContentDigest.Compute("something else"u8);
        var error = await Should.ThrowAsync<ChartException>(ChartArchiveReader.ReadAsync(archive, wrong, ChartArchiveLimits.Default, TestContext.Current.CancellationToken));
        error.Failure.ShouldBe(ChartFailure.DigestMismatch);
        error.Message.ShouldContain(wrong.ToString());
    }

    [Fact]
    public async Task What_is_no_archive_is_an_error()
    {
        (await Should.ThrowAsync<ChartException>(ReadAsync("<html></html>"u8.ToArray()))).Failure.ShouldBe(ChartFailure.MalformedArchive);
        (await Should.ThrowAsync<ChartException>(ReadAsync([]))).Failure.ShouldBe(ChartFailure.MalformedArchive);
        (await Should.ThrowAsync<ChartException>(ReadAsync(Gzip(Encoding.UTF8.GetBytes(new string('x', 5_000)))))).Failure.ShouldBe(ChartFailure.MalformedArchive);
        (await Should.ThrowAsync<ChartException>(ReadAsync(ChartPackage.Pack(Array.Empty<TarEntry>())))).Failure.ShouldBe(ChartFailure.MalformedArchive);
    }

    [Fact]
    public async Task Truncated_archive_is_an_error()
    {
        var archive = ChartPackage.Pack(("app/Chart.yaml", Metadata), ("app/values.yaml", string.Join('\n', Enumerable.Range(0, 5_000))));
        for (var sevenths = 1; sevenths < 7; sevenths++)
        {
            (await Should.ThrowAsync<ChartException>(ReadAsync(archive[..(archive.Length * sevenths / 7)]))).Failure.ShouldBe(ChartFailure.MalformedArchive);
        }
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static Task<PackageContent> ReadAsync(byte[] archive, ChartArchiveLimits? limits = null) =>
        ChartArchiveReader.ReadAsync(archive, null, limits ?? ChartArchiveLimits.Default, TestContext.Current.CancellationToken);

    private static void Append(StringBuilder text, PackageContent content)
    {
        text.Append($"{content.Name} {content.Version} app \"{content.AppVersion}\"\n{content.ShortDescription}\n");
        text.Append($"home {content.HomeUrl} icon {content.IconUrl}\nsources {string.Join(' ', content.Sources)}\n");
        text.Append($"maintainers {string.Join(", ", content.Maintainers.Select(m => m.Name))}\ncategories {string.Join(", ", content.Categories.Select(c => $"\"{c}\""))}\n");
        text.Append($"dependencies {string.Join(' ', content.Dependencies)}\nnotes {string.Join(' ', content.Notes)}\n");
        text.Append($"--- readme\n{content.Readme}--- values\n{content.DefaultValues}--- schema\n{content.ValuesSchema}");
        foreach (var (name, values) in content.AdditionalDefaultValues)
        {
            text.Append($"--- {name}\n{values}");
        }
    }
}
