using System.Text.Json.Nodes;

namespace Wego.Contract.Tests.Http;

/// <summary>One event of a watch.</summary>
public sealed record WatchedEvent(string Type, JsonObject Object)
{
    public string ResourceVersion => Object.Text("/metadata/resourceVersion");
}
