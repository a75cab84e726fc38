using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Wego.Kubernetes.Protobuf;

namespace Wego.Kubernetes.Tests.Protobuf;

public sealed class ProtobufAnswerTests
{
    private static readonly ApiRequest Request = new("list", HttpMethod.Get, "/", "secrets");

    [Fact]
    public void SecretsBecomeWhatTheirJsonWouldHaveBecome()
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

        var list = ProtobufAnswer.ReadSecrets(Request, Answer("SecretList", List(new ListMeta { ResourceVersion = "9", Continue = "next" }, secret, new Secret())));

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

    [Fact]
    public void RefusalsKeepTheirReasonAndCauses()
    {
        var status = new Status
        {
            Status_ = "Failure",
            Message = "too many",
            Reason = "TooManyRequests",
            Code = 429,
            Details = new StatusDetails { RetryAfterSeconds = 3, Causes = { new Wego.Kubernetes.Protobuf.StatusCause { Reason = "r", Message = "m", Field = "f" } } },
        };
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.TooManyRequests);

        var error = StatusReader.FromResponse(Request, response, Answer("Status", status.ToByteArray()), TimeProvider.System);

        error.Failure.ShouldBe(KubernetesFailure.Throttled);
        error.Message.ShouldBe("list secrets: too many (429 TooManyRequests).");
        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(3));
        error.Causes.ShouldBe([new StatusCause("r", "m", "f")]);
    }

    [Fact]
    public void AnotherKindIsNoListOfSecrets() =>
        Should.Throw<KubernetesException>(() => ProtobufAnswer.ReadSecrets(Request, Answer("PodList", []))).Failure.ShouldBe(KubernetesFailure.Unavailable);

    [Fact]
    public void AnyBytesAreReadOrRefused()
    {
        var secret = new Secret { Metadata = new ObjectMeta { Name = "a", CreationTimestamp = new Time { Seconds = 5 } }, Data = { ["k"] = ByteString.CopyFromUtf8("v") } };
        var good = Answer("SecretList", List(new ListMeta { ResourceVersion = "9" }, secret));
        Prop.ForAll<int, byte, int>((at, value, cut) =>
        {
            byte[] damaged = [.. good];
            damaged[4 + ((uint)at % (uint)(damaged.Length - 4))] = value;
            damaged = damaged[..(4 + (int)((uint)cut % (uint)(damaged.Length - 3)))];
            try
            {
                ProtobufAnswer.ReadSecrets(Request, damaged).Items.Length.ShouldBeLessThan(10);
            }
            catch (KubernetesException e)
            {
                e.Failure.ShouldBe(KubernetesFailure.Unavailable);
            }

            _ = ProtobufAnswer.ReadStatus(damaged);
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Answer(string kind, byte[] raw) =>
        [.. "k8s\0"u8, .. Field(1, new TypeMeta { ApiVersion = "v1", Kind = kind }.ToByteArray()), .. Field(2, raw), .. Field(4, [])];

    private static byte[] List(ListMeta metadata, params Secret[] items) =>
        [.. Field(1, metadata.ToByteArray()), .. items.SelectMany(i => Field(2, i.ToByteArray()))];

    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        return stream.ToArray();
    }
}
