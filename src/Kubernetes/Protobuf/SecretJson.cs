using System.Text.Json;
using Google.Protobuf.Collections;

namespace Wego.Kubernetes.Protobuf;

/// <summary>Writes a Secret as the API server writes it in JSON: what is empty is left out.</summary>
internal static class SecretJson
{
    public static void Write(Utf8JsonWriter json, Secret secret)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion"u8, "v1"u8);
        json.WriteString("kind"u8, "Secret"u8);
        json.WritePropertyName("metadata"u8);
        Write(json, secret.Metadata ?? new ObjectMeta());
        if (secret.Data.Count > 0)
        {
            json.WriteStartObject("data"u8);
            foreach (var (key, value) in secret.Data)
            {
                json.WriteBase64String(key, value.Span);
            }

            json.WriteEndObject();
        }

        WriteText(json, "type"u8, secret.Type);
        if (secret.HasImmutable)
        {
            json.WriteBoolean("immutable"u8, secret.Immutable);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ObjectMeta metadata)
    {
        json.WriteStartObject();
        WriteText(json, "name"u8, metadata.Name);
        WriteText(json, "generateName"u8, metadata.GenerateName);
        WriteText(json, "namespace"u8, metadata.Namespace);
        WriteText(json, "selfLink"u8, metadata.SelfLink);
        WriteText(json, "uid"u8, metadata.Uid);
        WriteText(json, "resourceVersion"u8, metadata.ResourceVersion);
        if (metadata.Generation != 0)
        {
            json.WriteNumber("generation"u8, metadata.Generation);
        }

        WriteTime(json, "creationTimestamp"u8, metadata.CreationTimestamp);
        WriteTime(json, "deletionTimestamp"u8, metadata.DeletionTimestamp);
        if (metadata.HasDeletionGracePeriodSeconds)
        {
            json.WriteNumber("deletionGracePeriodSeconds"u8, metadata.DeletionGracePeriodSeconds);
        }

        WriteMap(json, "labels"u8, metadata.Labels);
        WriteMap(json, "annotations"u8, metadata.Annotations);
        WriteList(json, "ownerReferences"u8, metadata.OwnerReferences, Write);
        WriteList(json, "finalizers"u8, metadata.Finalizers, static (j, finalizer) => j.WriteStringValue(finalizer));
        WriteList(json, "managedFields"u8, metadata.ManagedFields, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, OwnerReference owner)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion"u8, owner.ApiVersion);
        json.WriteString("kind"u8, owner.Kind);
        json.WriteString("name"u8, owner.Name);
        json.WriteString("uid"u8, owner.Uid);
        if (owner.HasController)
        {
            json.WriteBoolean("controller"u8, owner.Controller);
        }

        if (owner.HasBlockOwnerDeletion)
        {
            json.WriteBoolean("blockOwnerDeletion"u8, owner.BlockOwnerDeletion);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ManagedFieldsEntry entry)
    {
        json.WriteStartObject();
        WriteText(json, "manager"u8, entry.Manager);
        WriteText(json, "operation"u8, entry.Operation);
        WriteText(json, "apiVersion"u8, entry.ApiVersion);
        WriteTime(json, "time"u8, entry.Time);
        WriteText(json, "fieldsType"u8, entry.FieldsType);
        if (entry.FieldsV1 is { Raw.Length: > 0 } fields)
        {
            json.WritePropertyName("fieldsV1"u8);
            json.WriteRawValue(fields.Raw.Span);
        }

        WriteText(json, "subresource"u8, entry.Subresource);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    // Kubernetes' times have whole seconds.
    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, Time? time)
    {
        if (time is not null)
        {
            json.WriteString(name, KubernetesTime.Format(DateTimeOffset.FromUnixTimeSeconds(time.Seconds)));
        }
    }

    private static void WriteMap(Utf8JsonWriter json, ReadOnlySpan<byte> name, MapField<string, string> map)
    {
        if (map.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in map)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, RepeatedField<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
