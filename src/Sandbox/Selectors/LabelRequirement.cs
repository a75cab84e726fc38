using System.Text.Json;

namespace Wego.Sandbox.Selectors;

/// <summary>One requirement of a label selector.</summary>
internal sealed record LabelRequirement(string Key, LabelOperator Operator, IReadOnlySet<string> Values)
{
    public bool Matches(JsonElement labels)
    {
        string? value = null;
        if (labels.ValueKind == JsonValueKind.Object && labels.TryGetProperty(Key, out var found) && found.ValueKind == JsonValueKind.String)
        {
            value = found.GetString();
        }

        return Operator switch
        {
            LabelOperator.In => value is not null && Values.Contains(value),
            LabelOperator.NotIn => value is null || !Values.Contains(value),
            LabelOperator.Exists => value is not null,
            LabelOperator.DoesNotExist => value is null,
            LabelOperator.GreaterThan => long.TryParse(value, out var n) && n > long.Parse(Values.First(), System.Globalization.CultureInfo.InvariantCulture),
            LabelOperator.LessThan => long.TryParse(value, out var n) && n < long.Parse(Values.First(), System.Globalization.CultureInfo.InvariantCulture),
            _ => false,
        };
    }
}
