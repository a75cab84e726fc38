using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;
using Wego.Sandbox.Tables;

namespace Wego.Sandbox.Watching;

/// <summary>Writes watch events in the form a client asked for. Objects are copied as bytes.</summary>
internal sealed class WatchFrames(ResourceDefinition resource, string version, ResponseForm form, string formVersion, string include, TimeProvider clock)
{
    private readonly TableConverter _table = new(resource, resource.Version(version)!, clock);
    private readonly string _apiVersion = resource.ApiVersion(version);
    private bool _columnsSent;

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> type, StoredObject content)
    {
        var converted = content.As(_apiVersion);
        Begin(output, type);
        switch (form)
        {
            case ResponseForm.Table:
                var metadata = new JsonObject { ["resourceVersion"] = content.Content.ResourceVersion };
                output.Write(JsonText.ToUtf8(_table.Convert([converted], metadata, formVersion, include, withColumns: !_columnsSent)));
                _columnsSent = true;
                break;
            case ResponseForm.Metadata:
                output.Write(StoredObject.Utf8(PartialMetadata.From(converted, formVersion)));
                break;
            default:
                output.Write(StoredObject.Utf8(converted));
                break;
        }

        output.Write("}\n"u8);
    }

    /// <summary>A bookmark: everything up to the resource version has been sent.</summary>
    public void WriteBookmark(IBufferWriter<byte> output, long resourceVersion, bool initialEventsEnd)
    {
        var metadata = new JsonObject
        {
            ["resourceVersion"] = resourceVersion.ToString(CultureInfo.InvariantCulture),
            ["creationTimestamp"] = null,
        };
        if (initialEventsEnd)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        Begin(output, "BOOKMARK"u8);
        output.Write(JsonText.ToUtf8(form switch
        {
            ResponseForm.Table => _table.Convert([], metadata, formVersion, include, withColumns: false),
            ResponseForm.Metadata => new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = $"meta.k8s.io/{formVersion}", ["metadata"] = metadata },
            _ => new JsonObject { ["kind"] = resource.Kind, ["apiVersion"] = _apiVersion, ["metadata"] = metadata },
        }));
        output.Write("}\n"u8);
    }

    public static void WriteError(IBufferWriter<byte> output, ApiException error)
    {
        Begin(output, "ERROR"u8);
        output.Write(JsonText.ToUtf8(error.ToStatus()));
        output.Write("}\n"u8);
    }

    private static void Begin(IBufferWriter<byte> output, ReadOnlySpan<byte> type)
    {
        output.Write("{\"type\":\""u8);
        output.Write(type);
        output.Write("\",\"object\":"u8);
    }
}
