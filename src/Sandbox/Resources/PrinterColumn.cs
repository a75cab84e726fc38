namespace Wego.Sandbox.Resources;

/// <summary>One column of a table: <c>additionalPrinterColumns</c> of a CRD, or its like for a built-in kind.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type">The OpenAPI type; <c>date</c> prints as an age.</param>
/// <param name="JsonPath">Where the value is.</param>
/// <param name="Format">The OpenAPI format.</param>
/// <param name="Description">The text for clients.</param>
/// <param name="Priority">0 for the standard view, higher for the wide view only.</param>
internal sealed record PrinterColumn(string Name, string Type, string JsonPath, string Format = "", string Description = "", int Priority = 0);
