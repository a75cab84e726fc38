using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Wego.Plugins.Charts;

/// <summary>Collects, token by token, what a list shows out of the JSON of a release.</summary>
internal struct ReleaseFields(ReleaseStrings strings)
{
    private const int MaxDescription = 2048;

    private Section _section;
    private Field _field;
    private bool _hasInfo;
    private bool _hasChart;
    private string? _status;
    private string? _description;
    private DateTimeOffset? _lastDeployed;
    private string? _name;
    private string? _version;
    private string? _appVersion;
    private string? _chartDescription;
    private string? _icon;
    private string? _home;

    private enum Section
    {
        None,
        Info,
        Chart,
        Metadata,
    }

    private enum Field
    {
        None,
        Status,
        Description,
        LastDeployed,
        Name,
        Version,
        AppVersion,
        ChartDescription,
        Icon,
        Home,
    }

    /// <summary>Whether all that is wanted has been seen; Helm writes it before the templates, files and the manifest.</summary>
    public readonly bool IsComplete => _hasInfo && _hasChart;

    public readonly StoredReleaseSummary ToSummary() => new(
        _status ?? "",
        _description ?? "",
        _lastDeployed,
        new StoredChart(_name ?? "", _version ?? "", _appVersion ?? "", _chartDescription ?? "", _icon ?? "", _home ?? ""));

    /// <summary>Takes the token that the reader is at.</summary>
    public void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                TakeName(ref reader);
                break;
            case JsonTokenType.EndObject when reader.CurrentDepth == 1 && _section != Section.None:
                _hasInfo |= _section == Section.Info;
                _hasChart |= _section == Section.Chart;
                _section = Section.None;
                break;
            case JsonTokenType.EndObject when reader.CurrentDepth == 2 && _section == Section.Metadata:
                _hasChart = true;
                _section = Section.Chart;
                break;
            case JsonTokenType.String when _field != Field.None:
                TakeText(ref reader);
                _field = Field.None;
                break;
            default:
                _field = Field.None;
                break;
        }
    }

    private void TakeName(ref Utf8JsonReader reader)
    {
        _field = Field.None;
        switch (reader.CurrentDepth)
        {
            case 1:
                _section = reader.ValueTextEquals("info"u8) ? Section.Info : reader.ValueTextEquals("chart"u8) ? Section.Chart : Section.None;
                break;
            case 2 when _section == Section.Info:
                _field = reader.ValueTextEquals("status"u8) ? Field.Status
                    : reader.ValueTextEquals("description"u8) ? Field.Description
                    : reader.ValueTextEquals("last_deployed"u8) ? Field.LastDeployed
                    : Field.None;
                break;
            case 2 when _section == Section.Chart && reader.ValueTextEquals("metadata"u8):
                _section = Section.Metadata;
                break;
            case 3 when _section == Section.Metadata:
                _field = reader.ValueTextEquals("name"u8) ? Field.Name
                    : reader.ValueTextEquals("version"u8) ? Field.Version
                    : reader.ValueTextEquals("appVersion"u8) ? Field.AppVersion
                    : reader.ValueTextEquals("description"u8) ? Field.ChartDescription
                    : reader.ValueTextEquals("icon"u8) ? Field.Icon
                    : reader.ValueTextEquals("home"u8) ? Field.Home
                    : Field.None;
                break;
        }
    }

    private void TakeText(ref Utf8JsonReader reader)
    {
        switch (_field)
        {
            case Field.Status:
                _status = Text(ref reader);
                break;
            case Field.Description:
                var text = Text(ref reader);
                _description = text.Length <= MaxDescription ? text : text[..MaxDescription] + "…";
                break;
            case Field.LastDeployed:
                // Go writes nanoseconds, one digit more than the reader of .NET takes.
                _lastDeployed = DateTimeOffset.TryParse(Text(ref reader), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
                break;
            case Field.Name:
                _name = Text(ref reader);
                break;
            case Field.Version:
                _version = Text(ref reader);
                break;
            case Field.AppVersion:
                _appVersion = Text(ref reader);
                break;
            case Field.ChartDescription:
                _chartDescription = Text(ref reader);
                break;
            case Field.Icon:
                _icon = Text(ref reader);
                break;
            case Field.Home:
                _home = Text(ref reader);
                break;
        }
    }

    private readonly string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped && !reader.HasValueSequence)
        {
            return strings.Get(reader.ValueSpan);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(reader.ValueSpan.Length, 1));
        try
        {
            return strings.Get(buffer.AsSpan(0, reader.CopyString(buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
