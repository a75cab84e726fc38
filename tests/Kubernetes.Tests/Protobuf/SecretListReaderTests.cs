using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Wego.Kubernetes.Protobuf;
using static Wego.Kubernetes.Tests.Protobuf.ProtobufBytes;

namespace Wego.Kubernetes.Tests.Protobuf;

public sealed class SecretListReaderTests
{
    private const int Limit = 1 << 20;
    private static readonly ApiRequest Request = new("list", HttpMethod.Get, "/", "secrets");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SecretsBecomeWhatTheirJsonWouldHaveBecome()
    {
        var secret = new Secret
        {
            Metadata = new ObjectMeta
            {
                Name = "a",
                Namespace = "team-a",
                Uid = "u",
                ResourceVersion = "7",
                Generation = 2,
                CreationTimestamp = new Time { Seconds = 1_700_000_000 },
                DeletionGracePeriodSeconds = 0,
                Labels = { ["owner"] = "helm" },
                Annotations = { ["note"] = "\"<é>\"" },
                Finalizers = { "x/y" },
                OwnerReferences = { new OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "p", Uid = "o", Controller = false } },
                ManagedFields =
                {
                    new ManagedFieldsEntry { Manager = "m", Operation = "Update", ApiVersion = "v1", Time = new Time { Seconds = 1 }, FieldsType = "FieldsV1", FieldsV1 = new FieldsV1 { Raw = ByteString.CopyFromUtf8("""{"f:data":{}}""") } },
                },
            },
            Data = { ["key"] = ByteString.CopyFromUtf8("value"), ["empty"] = ByteString.Empty },
            Type = "Opaque",
            Immutable = true,
        };

        var (page, parts) = await ReadAsync(Answer("SecretList", List(new ListMeta { ResourceVersion = "9", Continue = "next" }, secret, new Secret())));

        page.ShouldBe(new KubernetesList([], "9", "next"));
        var list = parts.ShouldHaveSingleItem();
        list.ResourceVersion.ShouldBe("9");
        list.Continue.ShouldBe("next");
        list.Items.Length.ShouldBe(2);
        JsonNode.DeepEquals(list.Items[0].ToJsonObject(), JsonNode.Parse(
            """
            {
              "apiVersion": "v1",
              "kind": "Secret",
              "metadata": {
                "name": "a",
                "namespace": "team-a",
                "uid": "u",
                "resourceVersion": "7",
                "generation": 2,
                "creationTimestamp": "2023-11-14T22:13:20Z",
                "deletionGracePeriodSeconds": 0,
                "labels": { "owner": "helm" },
                "annotations": { "note": "\"<é>\"" },
                "ownerReferences": [ { "apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "o", "controller": false } ],
                "finalizers": [ "x/y" ],
                "managedFields": [ { "manager": "m", "operation": "Update", "apiVersion": "v1", "time": "1970-01-01T00:00:01Z", "fieldsType": "FieldsV1", "fieldsV1": { "f:data": {} } } ]
              },
              "data": { "key": "dmFsdWU=", "empty": "" },
              "type": "Opaque",
              "immutable": true
            }
            """)).ShouldBeTrue(list.Items[0].ToString());
        list.Items[1].ToString().ShouldBe("""{"apiVersion":"v1","kind":"Secret","metadata":{}}""");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(65_536)]
    [InlineData(int.MaxValue)]
    public async Task AListComesInPartsHoweverItArrives(int atOnce)
    {
        var secrets = Enumerable.Range(0, 40).Select(i => new Secret { Metadata = new ObjectMeta { Name = $"s{i}" }, Data = { ["k"] = ByteString.CopyFrom(new byte[i * 1000]) } }).ToArray();
        var (page, parts) = await ReadAsync(Answer("SecretList", List(new ListMeta { ResourceVersion = "9", Continue = "next" }, secrets)), atOnce);

        page.ShouldBe(new KubernetesList([], "9", "next"));
        parts.Count.ShouldBe(3);
        parts.ShouldAllBe(p => p.ResourceVersion == "9" && p.Continue == "next");
        parts.SelectMany(p => p.Items).Select(i => $"{i.Name} {i.Find("data", "k").GetBytesFromBase64().Length}").ShouldBe(Enumerable.Range(0, 40).Select(i => $"s{i} {i * 1000}"));
    }

    [Fact]
    public async Task AnEmptyListIsOneEmptyPart()
    {
        var (page, parts) = await ReadAsync(Answer("SecretList", List(new ListMeta { ResourceVersion = "9" })));

        page.ShouldBe(new KubernetesList([], "9", null));
        parts.ShouldHaveSingleItem().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnObjectLargerThanTheBoundIsRefused()
    {
        var secret = new Secret { Data = { ["k"] = ByteString.CopyFrom(new byte[Limit]) } };

        var error = await Should.ThrowAsync<KubernetesException>(ReadAsync(Answer("SecretList", List(new ListMeta(), secret))));

        error.Failure.ShouldBe(KubernetesFailure.TooLarge);
        error.Message.ShouldStartWith("list secrets: one of the objects has 10485");
    }

    [Fact]
    public async Task AnotherKindIsNoListOfSecrets() =>
        (await Should.ThrowAsync<KubernetesException>(ReadAsync(Answer("PodList", [])))).Failure.ShouldBe(KubernetesFailure.Unavailable);

    [Fact]
    public async Task WhatTheReceiverThrowsIsNoBadAnswer()
    {
        using var reader = new SecretListReader(Request, new MemoryStream(Answer("SecretList", List(new ListMeta(), new Secret()))), Limit, _ => throw new FormatException("of the receiver"));

        (await Should.ThrowAsync<FormatException>(reader.ReadAsync(Cancellation))).Message.ShouldBe("of the receiver");
    }

    [Fact]
    public void AnyBytesAreReadOrRefused()
    {
        var secret = new Secret { Metadata = new ObjectMeta { Name = "a", CreationTimestamp = new Time { Seconds = 5 } }, Data = { ["k"] = ByteString.CopyFromUtf8("v") } };
        var good = Answer("SecretList", List(new ListMeta { ResourceVersion = "9" }, secret));
        Prop.ForAll<int, byte, int>(async (at, value, cut) =>
        {
            byte[] damaged = [.. good];
            damaged[(uint)at % (uint)damaged.Length] = value;
            damaged = damaged[..(int)((uint)cut % (uint)(damaged.Length + 1))];
            try
            {
                (await ReadAsync(damaged, atOnce: 3)).Parts.Sum(p => p.Items.Length).ShouldBeLessThan(10);
            }
            catch (KubernetesException e)
            {
                e.Failure.ShouldBeOneOf(KubernetesFailure.Unavailable, KubernetesFailure.TooLarge);
            }

            if (ProtobufAnswer.Is(damaged))
            {
                _ = ProtobufAnswer.ReadStatus(damaged);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static async Task<(KubernetesList Page, List<KubernetesList> Parts)> ReadAsync(byte[] answer, int atOnce = int.MaxValue)
    {
        var parts = new List<KubernetesList>();
        using var reader = new SecretListReader(Request, new TricklingStream(answer, atOnce), Limit, part =>
        {
            parts.Add(part);
            return Task.CompletedTask;
        });
        return (await reader.ReadAsync(Cancellation), parts);
    }

    /// <summary>Gives so many bytes at once and no more.</summary>
    private sealed class TricklingStream(byte[] content, int atOnce) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atOnce)], cancellationToken);
    }
}
