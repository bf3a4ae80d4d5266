using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Consortium.Api;

namespace Consortium.Client.Http;

/// <summary>Reads server-sent events (WHATWG HTML, section 9.2) as a gateway writes them: one line of data each.</summary>
internal static class EventReader
{
    /// <summary>Reads events until the stream ends.</summary>
    /// <exception cref="ConsortiumException">What comes is not this API's.</exception>
    public static async IAsyncEnumerable<LedgerEvent> ReadAsync(
        Func<CancellationToken, Task<Stream>> open,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await open(cancellationToken);
        using var reader = new StreamReader(stream);
        var (name, id, data) = (string.Empty, (ulong?)null, string.Empty);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0 && data.Length > 0)
            {
                yield return Read(name, id, data);
                (name, id, data) = (string.Empty, null, string.Empty);
            }
            else if (Field(line, "event: ") is { } announced)
            {
                name = announced;
            }
            else if (Field(line, "id: ") is { } text)
            {
                id = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : throw NotOurs();
            }
            else if (Field(line, "data: ") is { } json)
            {
                data = json;
            }
            else if (line.StartsWith(": nothing", StringComparison.Ordinal))
            {
                yield return new LedgerEvent(ResumeFrom: null);
            }
        }
    }

    private static string? Field(string line, string prefix) =>
        line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : null;

    private static LedgerEvent Read(string name, ulong? id, string data)
    {
        var resumeFrom = id + 1;
        try
        {
            return name switch
            {
                "ordered" => new LedgerEvent(resumeFrom, Ordered: JsonSerializer.Deserialize<OrderedEvent>(data, ApiJson.Options)),
                "sealed" => new LedgerEvent(resumeFrom, Sealed: JsonSerializer.Deserialize<SealedEvent>(data, ApiJson.Options)),
                "final" => new LedgerEvent(resumeFrom, Final: JsonSerializer.Deserialize<FinalEvent>(data, ApiJson.Options)),

                // An event of a later version says nothing to this one but where to resume.
                _ => new LedgerEvent(resumeFrom),
            };
        }
        catch (JsonException)
        {
            throw NotOurs();
        }
    }

    private static ConsortiumException NotOurs() => new(
        "not_a_gateway",
        "The stream of events does not speak this API.",
        "Check the gateway's address and version.");
}
