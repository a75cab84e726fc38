using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Releases;

public sealed class StoredReleaseReaderTests
{
    private static readonly byte[] s_json = Encoding.UTF8.GetBytes(PackedRelease.Json);
    private readonly StoredReleaseReader _reader = new();

    [Theory]
    [InlineData("secret")]
    [InlineData("configmap")]
    [InlineData("plain")]
    public void A_release_is_read_from_where_Helm_keeps_it(string kind)
    {
        var obj = kind switch
        {
            "secret" => PackedRelease.Secret(PackedRelease.Gzip(s_json)),
            "configmap" => PackedRelease.ConfigMap(PackedRelease.Gzip(s_json)),
            _ => PackedRelease.Secret(s_json),
        };

        var release = _reader.Read(obj);

        release.Summary.ShouldBe(new StoredReleaseSummary(
            "deployed",
            "Upgrade complete",
            new DateTimeOffset(2024, 5, 2, 10, 30, 0, TimeSpan.Zero).AddTicks(1234567).AddTicks(1),
            new StoredChart("nginx", "1.2.3", "1.25", "A web server", "https://example.com/icon.png", "https://example.com")));
        release.Notes.ShouldBe("Have \"fun\"");
        JsonNode.Parse(release.Values)!.ToJsonString().ShouldBe("""{"replicas":2}""");
        release.Manifest.ShouldBe("---\nkind: ConfigMap\n");
        _reader.ReadSummary(obj, out var problem).ShouldBe(release.Summary);
        problem.ShouldBeNull();
    }

    [Fact]
    public void What_lists_do_not_show_is_not_unpacked()
    {
        // Cut off well after the chart's metadata: whoever read on would notice.
        var filler = new JsonArray([.. Enumerable.Range(0, 3000).Select(i => JsonValue.Create(Guid.NewGuid().ToString()))]);
        var json = JsonNode.Parse(PackedRelease.Json)!.AsObject();
        json["chart"]!["files"] = filler;
        var packed = PackedRelease.Gzip(Encoding.UTF8.GetBytes(json.ToJsonString()));
        var cut = PackedRelease.Secret(packed[..^2000]);

        _reader.ReadSummary(cut, out var problem).Chart.Version.ShouldBe("1.2.3");

        problem.ShouldBeNull();
        Should.Throw<PackageException>(() => _reader.Read(cut)).Message
            .ShouldBe("The Secret team-a/sh.helm.release.v1.web.v3 does not hold a Helm release that can be read: its data is not JSON, or was cut off.");
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("not gzip")]
    [InlineData("not base64")]
    [InlineData("no data")]
    [InlineData("empty")]
    [InlineData("not json")]
    public void Bad_data_is_a_problem_and_no_failure_of_the_list(string how)
    {
        var obj = how switch
        {
            "truncated" => PackedRelease.Secret(PackedRelease.Gzip(s_json)[..40]),
            "not gzip" => PackedRelease.Secret([0x1f, 0x8b, 0x08, .. Encoding.ASCII.GetBytes("this is no gzip at all, whatever it says")]),
            "not base64" => Broken("data", new JsonObject { ["release"] = "?" }),
            "no data" => Broken("data", null),
            "empty" => PackedRelease.Secret([]),
            _ => PackedRelease.Secret(PackedRelease.Gzip("one two"u8.ToArray())),
        };

        _reader.ReadSummary(obj, out var problem).ShouldBe(StoredReleaseSummary.Unknown);

        problem.ShouldNotBeNullOrEmpty();
        Should.Throw<PackageException>(() => _reader.Read(obj)).Code.ShouldBe(PackageErrorCode.FailedPrecondition);
    }

    [Theory]
    [InlineData(Base64FormattingOptions.None)]
    [InlineData(Base64FormattingOptions.InsertLineBreaks)]
    public void A_release_of_any_length_is_read_to_its_end(Base64FormattingOptions format)
    {
        for (var length = 12_200; length < 12_400; length++)
        {
            var manifest = string.Create(length, length, static (text, seed) => new Random(seed).GetItems("abcdefghijklmnop\n", text));
            var json = JsonNode.Parse(PackedRelease.Json)!.AsObject();
            json["manifest"] = manifest;
            var obj = PackedRelease.Secret(PackedRelease.Gzip(Encoding.UTF8.GetBytes(json.ToJsonString())), format);

            _reader.Read(obj).Manifest.ShouldBe(manifest);
        }
    }

    [Fact]
    public void A_release_that_unpacks_to_far_more_than_it_weighs_is_given_up()
    {
        var bomb = new MemoryStream();
        bomb.Write("""{"name":"web","manifest":" """u8);
        bomb.Write(Enumerable.Repeat((byte)' ', StoredReleaseReader.MaxBytes).ToArray());
        bomb.Write("\"}"u8);
        var obj = PackedRelease.Secret(PackedRelease.Gzip(bomb.ToArray()));

        _reader.ReadSummary(obj, out var problem).ShouldBe(StoredReleaseSummary.Unknown);

        problem.ShouldBe("its first 4194304 bytes do not tell what it is");
        Should.Throw<PackageException>(() => _reader.Read(obj)).Message.ShouldContain("it has more than 33554432 bytes unpacked");
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_with_a_reason()
    {
        var packed = PackedRelease.Gzip(s_json);
        Prop.ForAll<int, byte>((at, value) =>
        {
            byte[] damaged = [.. packed];
            damaged[(uint)at % damaged.Length] = value;
            var obj = PackedRelease.Secret(damaged);
            _ = _reader.ReadSummary(obj, out _);
            try
            {
                _ = _reader.Read(obj);
            }
            catch (PackageException)
            {
                // With words for the user.
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Equal_texts_of_many_releases_are_one()
    {
        var obj = PackedRelease.Secret(PackedRelease.Gzip(s_json));

        _reader.ReadSummary(obj, out _).Chart.Description.ShouldBeSameAs(_reader.ReadSummary(obj, out _).Chart.Description);
    }

    [Theory]
    [InlineData("Secret", "helm.sh/release.v1", "helm", true)]
    [InlineData("Secret", "Opaque", "helm", false)]
    [InlineData("Secret", "helm.sh/release.v1", "tiller", false)]
    [InlineData("ConfigMap", null, "helm", true)]
    [InlineData("Pod", null, "helm", false)]
    public void Only_what_Helm_keeps_is_a_release(string kind, string? type, string owner, bool expected)
    {
        var obj = new JsonObject
        {
            ["kind"] = kind,
            ["type"] = type,
            ["metadata"] = new JsonObject { ["name"] = "sh.helm.release.v1.my.app.v12", ["namespace"] = "a", ["labels"] = new JsonObject { ["owner"] = owner } },
        };

        StoredReleaseObject.Read(KubernetesObject.From(obj)).ShouldBe(expected ? new StoredReleaseObject("a", "my.app", 12, "") : null);
    }

    private static KubernetesObject Broken(string field, JsonNode? value)
    {
        var obj = PackedRelease.Secret([]).ToJsonObject();
        obj[field] = value;
        return KubernetesObject.From(obj);
    }
}
