using System.Text.Json.Nodes;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Operations;

/// <summary>A validation that belongs to one kind and needs more than the object itself.</summary>
internal interface IObjectCheck
{
    /// <summary>The errors of an object about to be written; <paramref name="before"/> is null for a new one.</summary>
    IEnumerable<FieldError> Check(WriteRequest request, JsonObject body, JsonObject? before);
}
