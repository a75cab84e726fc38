using System.Globalization;

namespace Wego.Telemetry;

/// <summary>A sample's value, without loss.</summary>
internal readonly record struct PrometheusNumber
{
    private readonly string _text;

    public PrometheusNumber(long value) => _text = value.ToString(CultureInfo.InvariantCulture);

    public PrometheusNumber(double value) => _text = Format(value);

    public override string ToString() => _text ?? "0";

    /// <summary>As Go writes and reads it.</summary>
    public static string Format(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ when double.IsNaN(value) => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
