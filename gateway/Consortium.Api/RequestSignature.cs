using System.Globalization;
using System.Text;
using Consortium.Ledger;
using Consortium.Ledger.Signatures;

namespace Consortium.Api;

/// <summary>Identifies the sender of a read request: a signature over one request, in the header <see cref="Header"/>.</summary>
/// <remarks>
/// The header reads <c>key=&lt;128 hexadecimal digits&gt;, time=&lt;UTC milliseconds&gt;, signature=&lt;base64&gt;</c>. What is signed
/// (ECDSA, P-256, SHA-256, r then s) is method, path with query, and time, each on a line; see <see cref="Message"/>.
/// </remarks>
/// <param name="Key">The key that signs.</param>
/// <param name="TimeMs">When, UTC milliseconds since 1970; the gateway takes a minute either way.</param>
/// <param name="Value">r then s, 64 bytes.</param>
public sealed record RequestSignature(PublicKey Key, ulong TimeMs, ReadOnlyMemory<byte> Value)
{
    /// <summary>The header's name.</summary>
    public const string Header = "Consortium-Signature";

    /// <summary>The bytes that are signed.</summary>
    /// <param name="method">For example <c>GET</c>.</param>
    /// <param name="pathAndQuery">As in the request line, for example <c>/v1/accounts/acc1…/balances?at=7</c>.</param>
    /// <param name="timeMs">The header's time.</param>
    /// <returns>UTF-8 bytes of the three, separated by line feeds.</returns>
    public static byte[] Message(string method, string pathAndQuery, ulong timeMs) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{method}\n{pathAndQuery}\n{timeMs}"));

    /// <summary>The target of a gRPC call: its method with a digest of the request message, so that the signature covers the question.</summary>
    /// <param name="method">The call's full name, for example <c>/consortium.api.v1.Queries/GetAccount</c>.</param>
    /// <param name="request">The request message's bytes, fields in order of their numbers.</param>
    /// <returns>The name, <c>?sha256=</c> and hexadecimal digits; the method is <c>POST</c>.</returns>
    public static string CallTarget(string method, ReadOnlySpan<byte> request) => $"{method}?sha256={Digest.Sha256(request)}";

    /// <summary>Reads the header's value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="signature">The signature, or <see langword="null"/>.</param>
    /// <returns>Whether it has the three parts.</returns>
    public static bool TryParse(string? text, out RequestSignature? signature)
    {
        signature = null;
        PublicKey key = default;
        ulong timeMs = 0;
        byte[]? value = null;
        foreach (var part in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var (name, content) = at < 0 ? (part, string.Empty) : (part[..at], part[(at + 1)..]);
            var read = name switch
            {
                "key" => PublicKey.TryParse(content, out key),
                "time" => ulong.TryParse(content, NumberStyles.None, CultureInfo.InvariantCulture, out timeMs),
                "signature" => TryReadBase64(content, out value),
                _ => false,
            };
            if (!read)
            {
                return false;
            }
        }

        if (key == default || timeMs == 0 || value is not { Length: P256.SignatureSize })
        {
            return false;
        }

        signature = new RequestSignature(key, timeMs, value);
        return true;
    }

    /// <summary>Writes the header's value.</summary>
    /// <returns>Text that <see cref="TryParse"/> reads.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"key={Key}, time={TimeMs}, signature={Convert.ToBase64String(Value.Span)}");

    private static bool TryReadBase64(string text, out byte[]? bytes)
    {
        var buffer = new byte[text.Length];
        var read = Convert.TryFromBase64String(text, buffer, out var length);
        bytes = read ? buffer[..length] : null;
        return read;
    }
}
