using Consortium.Api;

namespace Consortium.Client.Keys;

/// <summary>A key file could not be read or written.</summary>
/// <param name="name">A permanent name in snake case.</param>
/// <param name="message">What happened and why.</param>
/// <param name="action">What to do next.</param>
/// <param name="inner">What caused it, or <see langword="null"/>.</param>
public sealed class KeyFileException(string name, string message, string action, Exception? inner = null)
    : ConsortiumException(name, message, action, inner);
