namespace Wego.GrainRuntime.Tests.Exceptions;

[GenerateSerializer]
public sealed class QuotaException : Exception
{
    public QuotaException()
    {
    }

    public QuotaException(string message)
        : base(message)
    {
    }

    public QuotaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public QuotaException(string message, int limit)
        : base(message) => Limit = limit;

    [Id(0)]
    public int Limit { get; private set; }
}
