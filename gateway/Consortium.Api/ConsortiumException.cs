namespace Consortium.Api;

/// <summary>Something that was asked for was not done; says what happened and why, and what to do next.</summary>
/// <remarks>The message holds what happened and why. Thrown for what a caller may meet, never for a defect of the program.</remarks>
public class ConsortiumException : Exception
{
    /// <summary>Describes a failure.</summary>
    /// <param name="name">A permanent name in snake case, for example <c>key_file_exists</c>.</param>
    /// <param name="message">One sentence: what happened and why.</param>
    /// <param name="action">One sentence: what the user can do next.</param>
    /// <param name="inner">The exception that caused it, or <see langword="null"/>.</param>
    public ConsortiumException(string name, string message, string action, Exception? inner)
        : base(message, inner)
    {
        Name = name;
        Action = action;
    }

    /// <summary>Describes a failure that nothing else caused.</summary>
    /// <param name="name">A permanent name in snake case.</param>
    /// <param name="message">One sentence: what happened and why.</param>
    /// <param name="action">One sentence: what the user can do next.</param>
    public ConsortiumException(string name, string message, string action)
        : this(name, message, action, inner: null)
    {
    }

    /// <summary>A permanent name in snake case.</summary>
    public string Name { get; }

    /// <summary>What to do next.</summary>
    public string Action { get; }

    /// <summary>The catalogue's permanent number, or 0 for failures that arise on this side of the wire.</summary>
    public virtual int Code => 0;
}
