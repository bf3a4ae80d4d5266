using System.Globalization;
using System.Text;
using System.Text.Json;
using Consortium.Api;

namespace Consortium.Gateway.Events;

/// <summary>Writes events as server-sent events.</summary>
internal sealed class EventStream(EventFeed feed, Stream destination)
{
    /// <summary>Writes until cancelled.</summary>
    public async Task RunAsync(ulong first, CancellationToken cancellationToken)
    {
        // Something is sent at once, so that the caller knows that the stream stands.
        await WriteAsync(": consortium\n\n", cancellationToken);
        await foreach (var group in feed.ReadAsync(first, cancellationToken))
        {
            await foreach (var one in group)
            {
                await WriteAsync(one, cancellationToken);
            }

            await destination.FlushAsync(cancellationToken);
        }
    }

    private Task WriteAsync(LedgerEvent one, CancellationToken cancellationToken) => one switch
    {
        { Ordered: { } ordered } => WriteEventAsync("ordered", one.ResumeFrom, ordered, cancellationToken),
        { Sealed: { } announced } => WriteEventAsync("sealed", one.ResumeFrom, announced, cancellationToken),
        { Final: { } final } => WriteEventAsync("final", one.ResumeFrom, final, cancellationToken),
        _ => WriteAsync(": nothing new\n\n", cancellationToken),
    };

    // An event's id is its journal position: the stream resumes with the one after it.
    private Task WriteEventAsync<T>(string name, ulong? resumeFrom, T content, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(content, ApiJson.Options);
        var id = resumeFrom is { } next ? string.Create(CultureInfo.InvariantCulture, $"id: {next - 1}\n") : string.Empty;
        return destination.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\n{id}data: {json}\n\n"), cancellationToken).AsTask();
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await destination.FlushAsync(cancellationToken);
    }
}
