namespace Consortium.Simulation.Running;

/// <summary>Reads a value from text.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="text">The text.</param>
/// <param name="value">The value, or <see langword="default"/>.</param>
/// <returns>Whether the text has a meaning.</returns>
internal delegate bool TextParser<T>(string? text, out T value);
