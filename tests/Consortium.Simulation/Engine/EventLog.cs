using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Consortium.Simulation.Engine;

/// <summary>The run's history: two runs with the same events have the same bytes, and so the same digest.</summary>
/// <remarks>
/// One event: ticks (8 bytes), kind (1), the lengths of source and text (1 each), the number of values (1), source, text, values
/// (8 each); little endian. Characters outside ASCII become question marks, longer texts are cut at 255.
/// </remarks>
internal sealed class EventLog : IDisposable
{
    private const int HeaderSize = 12;
    private const int TextMax = byte.MaxValue;
    private const int ValuesMax = 4;
    private const int EventSizeMax = HeaderSize + (2 * TextMax) + (8 * ValuesMax);

    private readonly VirtualTime _time;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _block = new byte[64 * 1024];
    private readonly byte[] _last;
    private readonly int _lastMax;
    private int _used;

    /// <summary>An empty history.</summary>
    /// <param name="time">The run.</param>
    /// <param name="lastMax">Number of events that <see cref="Last"/> keeps.</param>
    public EventLog(VirtualTime time, int lastMax = 40)
    {
        _time = time;
        _lastMax = lastMax;
        _last = new byte[lastMax * EventSizeMax];
    }

    /// <summary>Number of events so far.</summary>
    public long Count { get; private set; }

    /// <summary>Receives every event as a line of text, and the log messages of roles below warnings.</summary>
    public TextWriter? Trace { get; init; }

    /// <summary>Gets the bytes that are hashed.</summary>
    public Stream? Raw { get; init; }

    public void Append(EventKind kind, string source, params ReadOnlySpan<ulong> values) => Append(kind, source, "", values);

    /// <summary>Adds an event at the present moment.</summary>
    /// <param name="kind">The kind of the event.</param>
    /// <param name="source">The source of the event; mostly a process's name.</param>
    /// <param name="text">A short description.</param>
    /// <param name="values">At most four.</param>
    public void Append(EventKind kind, string source, string text, params ReadOnlySpan<ulong> values)
    {
        if (!_time.Own())
        {
            return;
        }

        if (_block.Length - _used < EventSizeMax)
        {
            Flush();
        }

        var entry = _block.AsSpan(_used);
        BinaryPrimitives.WriteInt64LittleEndian(entry, _time.NowTicks);
        entry[8] = (byte)kind;
        entry[9] = (byte)Math.Min(source.Length, TextMax);
        entry[10] = (byte)Math.Min(text.Length, TextMax);
        entry[11] = (byte)Math.Min(values.Length, ValuesMax);
        var size = HeaderSize;
        size += Write(source, entry[size..]);
        size += Write(text, entry[size..]);
        for (var i = 0; i < entry[11]; i++, size += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(entry[size..], values[i]);
        }

        entry[..size].CopyTo(_last.AsSpan((int)(Count % _lastMax) * EventSizeMax));
        Trace?.WriteLine(Line(entry));
        _used += size;
        Count++;
    }

    /// <summary>Writes a line to the trace that is not part of the history.</summary>
    public void Remark(string source, string text) =>
        Trace?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Moment(_time.NowTicks)} {source} {text}"));

    /// <summary>The last events as lines, oldest first.</summary>
    public IReadOnlyList<string> Last()
    {
        var lines = new List<string>(_lastMax);
        for (var i = Math.Max(0, Count - _lastMax); i < Count; i++)
        {
            lines.Add(Line(_last.AsSpan((int)(i % _lastMax) * EventSizeMax, EventSizeMax)));
        }

        return lines;
    }

    /// <summary>The SHA-256 of all events; more may be appended afterwards.</summary>
    public byte[] Finish()
    {
        Flush();
        Trace?.Flush();
        Raw?.Flush();
        return _hash.GetCurrentHash();
    }

    public void Dispose() => _hash.Dispose();

    private static int Write(string text, Span<byte> to)
    {
        var length = Math.Min(text.Length, TextMax);
        for (var i = 0; i < length; i++)
        {
            to[i] = text[i] is >= ' ' and <= '~' ? (byte)text[i] : (byte)'?';
        }

        return length;
    }

    private static string Line(ReadOnlySpan<byte> entry)
    {
        var line = new StringBuilder(Moment(BinaryPrimitives.ReadInt64LittleEndian(entry)));
        var source = entry.Slice(HeaderSize, entry[9]);
        var text = entry.Slice(HeaderSize + source.Length, entry[10]);
        line.Append(' ').Append((EventKind)entry[8]).Append(' ').Append(Encoding.ASCII.GetString(source));
        if (text.Length > 0)
        {
            line.Append(' ').Append(Encoding.ASCII.GetString(text));
        }

        for (var i = 0; i < entry[11]; i++)
        {
            var value = BinaryPrimitives.ReadUInt64LittleEndian(entry[(HeaderSize + source.Length + text.Length + (8 * i))..]);
            line.Append(CultureInfo.InvariantCulture, $" {value}");
        }

        return line.ToString();
    }

    private static string Moment(long ticks) =>
        string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond:D7}");

    private void Flush()
    {
        _hash.AppendData(_block, 0, _used);
        Raw?.Write(_block, 0, _used);
        _used = 0;
    }
}
