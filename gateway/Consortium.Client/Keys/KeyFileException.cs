using Consortium.Api;

namespace Consortium.Client.Keys;

/// <summary>A key file could not be read or written.</summary>
/// <param name="name">A permanent name in snake case.</param>
/// <param name="message">One sentence: what happened and why.</param>
/// <param name="action">One sentence: what the user can do next.</param>
/// <param name="inner">The exception that caused it, or <see langword="null"/>.</param>
public sealed class KeyFileException(string name, string message, string action, Exception? inner = null)
    : ConsortiumException(name, message, action, inner);
