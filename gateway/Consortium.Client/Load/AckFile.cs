using System.Text;
using Consortium.Ledger.Ids;

namespace Consortium.Client.Load;

/// <summary>Writes the ids of acknowledged transactions, a line each, before anything counts them.</summary>
/// <remarks>
/// Each write goes to the operating system at once, so the lines survive this process. Safe for use by any number of threads.
/// </remarks>
internal sealed class AckFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream? _stream;

    public AckFile(string? path) =>
        _stream = path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public void Write(IReadOnlyList<TransactionId> ids)
    {
        if (_stream is null || ids.Count == 0)
        {
            return;
        }

        var text = new StringBuilder(ids.Count * 64);
        foreach (var id in ids)
        {
            text.Append(id.ToString()).Append('\n');
        }

        var bytes = Encoding.ASCII.GetBytes(text.ToString());
        lock (_gate)
        {
            _stream.Write(bytes);
        }
    }

    public void Dispose() => _stream?.Dispose();
}
