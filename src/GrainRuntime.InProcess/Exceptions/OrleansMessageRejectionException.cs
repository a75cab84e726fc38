namespace Orleans.Runtime;

/// <summary>A request was refused before it ran.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    /// <summary>Without a message.</summary>
    public OrleansMessageRejectionException()
    {
    }

    /// <summary>With a message.</summary>
    public OrleansMessageRejectionException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public OrleansMessageRejectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
