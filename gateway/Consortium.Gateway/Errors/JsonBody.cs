using System.Text.Json;
using Consortium.Api;
using Consortium.Ledger;

namespace Consortium.Gateway.Errors;

/// <summary>Reads JSON from strangers.</summary>
internal static class JsonBody
{
    /// <summary>Reads a JSON body into a message of the API.</summary>
    /// <exception cref="RefusalException">The media type is another, or the body is not the JSON that is asked for.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new RefusalException(
                Refusal.MediaTypeUnsupported,
                $"'{request.ContentType}' is not read here; {MediaTypes.Json} is.");
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, ApiJson.Strict, request.HttpContext.RequestAborted);
            return value ?? throw new RefusalException(Refusal.Malformed, "The body is null.");
        }
        catch (JsonException exception)
        {
            throw new RefusalException(Refusal.Malformed, $"The body is not the JSON that is asked for: {Brief(exception.Message)}");
        }
    }

    // The serializer names its own types; people need the path.
    private static string Brief(string message)
    {
        const string Unmapped = "The JSON property '";
        if (message.StartsWith(Unmapped, StringComparison.Ordinal)
            && message.IndexOf('\'', Unmapped.Length) is > 0 and var end)
        {
            return $"it has no member '{message[Unmapped.Length..end]}', or has it twice.";
        }

        var at = message.IndexOf(" Path:", StringComparison.Ordinal);
        var head = message.Contains("Consortium.", StringComparison.Ordinal) ? "a value is missing or of another type." : message[..(at < 0 ? message.Length : at)];
        return at < 0 ? head : head + message[at..];
    }
}
