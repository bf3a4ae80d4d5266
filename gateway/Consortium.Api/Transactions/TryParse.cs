namespace Consortium.Api;

/// <summary>Reads a value from text.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="text">The text.</param>
/// <param name="value">The value, or its default.</param>
/// <returns>Whether the text is a value.</returns>
internal delegate bool TryParse<T>(string? text, out T value);
