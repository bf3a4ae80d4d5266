namespace Consortium.Consensus.Ports;

/// <summary>Storage did not carry out a request; the message says what happened and what to do.</summary>
public sealed class StorageException : Exception
{
    /// <summary>Makes the exception with a message that is shown to the caller.</summary>
    /// <param name="message">What happened, why, and what to do.</param>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message that is shown to the caller.</summary>
    /// <param name="message">What happened, why, and what to do.</param>
    /// <param name="innerException">What the storage said.</param>
    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the request may have been carried out, or may still be.</summary>
    public bool IsUnknown { get; init; }
}
