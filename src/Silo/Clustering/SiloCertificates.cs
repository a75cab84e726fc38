namespace Wego.Silo;

/// <summary>
/// The certificates of this process, read again while it runs: whoever renews them replaces the files, in a mounted Secret by changing a
/// link. New connections use the new ones; those that stand are left alone. What cannot be used leaves the previous ones in use.
/// </summary>
internal sealed partial class SiloCertificates
{
    private readonly SiloTlsOptions _options;
    private volatile SiloCertificateSet _current;
    private string _problem = "";

    /// <exception cref="InvalidDataException">They cannot be used; the message names the setting and the remedy.</exception>
    public SiloCertificates(SiloTlsOptions options) => (_options, _current) = (options, SiloCertificateSet.Read(options));

    /// <summary>Those to use now. Never disposed of, as connections may be about to be made with them.</summary>
    public SiloCertificateSet Current => _current;

    /// <summary>How often to look at the files.</summary>
    public TimeSpan ReloadInterval => _options.ReloadInterval;

    /// <summary>Looks at the files. Says once what is wrong with them, and when that is over.</summary>
    public void Reload(ILogger logger)
    {
        try
        {
            var read = SiloCertificateSet.Read(_options, _current);
            if (!ReferenceEquals(read, _current))
            {
                _current = read;
                LogRenewed(logger, _options.Certificate, read.ValidUntil);
            }

            _problem = "";
        }
        catch (InvalidDataException e)
        {
            // The files of one Secret are replaced one after the other where it is not a volume that holds them.
            if (_problem != e.Message)
            {
                _problem = e.Message;
                LogKept(logger, e.Message, _current.ValidUntil);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The certificate in {File} was renewed; it is valid until {Until:u}")]
    private static partial void LogRenewed(ILogger logger, string file, DateTime until);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The previous certificates stay in use, which are valid until {Until:u}: {Problem}")]
    private static partial void LogKept(ILogger logger, string problem, DateTime until);
}
