using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Google.Protobuf;

namespace Consortium.Ledger.Transactions;

/// <summary>Translates between wire messages and ledger types; notes the first field that has no meaning.</summary>
internal sealed class WireForm
{
    /// <summary>The first fault that was found, or <see langword="null"/>.</summary>
    public string? Fault { get; private set; }

    public static ByteString From(Digest digest) => UnsafeByteOperations.UnsafeWrap(digest.ToArray());

    public static Wire.Instrument From(Instrument instrument) => new()
    {
        Asset = From(instrument.Asset.Digest),
        Right = (Wire.Right)instrument.Right,
        FromMs = instrument.FromMs,
        UntilMs = instrument.UntilMs,
    };

    public static Wire.Authority From(Authority authority)
    {
        var message = new Wire.Authority { Threshold = authority.Threshold };
        message.Keys.AddRange(authority.Keys.Select(key => ByteString.CopyFrom(key.ToArray())));
        return message;
    }

    public static ByteString From(Amount amount) => UnsafeByteOperations.UnsafeWrap(AmountBytes.FromUnsigned(amount.Units));

    public Digest Digest(ByteString bytes, string field)
    {
        if (bytes.Length == Ledger.Digest.Size)
        {
            var digest = Ledger.Digest.FromBytes(bytes.Span);
            if (!digest.IsZero)
            {
                return digest;
            }
        }

        Note($"{field} must be 32 bytes, not all zero; it has {bytes.Length}");
        return default;
    }

    public Digest DigestOrNone(ByteString bytes, string field) => bytes.IsEmpty ? default : Digest(bytes, field);

    public Amount Amount(ByteString bytes, string field)
    {
        if (!AmountBytes.TryReadUnsigned(bytes.Span, out var units) || units == 0 || units > LedgerLimits.AuthorisedMax)
        {
            Note($"{field} must be a whole number from 1 to 2^96 - 1 in shortest big-endian form");
            return Amounts.Amount.Zero;
        }

        return new Amount(units);
    }

    public Int128 SignedAmount(ByteString bytes, string field)
    {
        if (!AmountBytes.TryReadSigned(bytes.Span, out var units)
            || units == 0
            || units > (Int128)LedgerLimits.AuthorisedMax
            || units < -(Int128)LedgerLimits.AuthorisedMax)
        {
            Note($"{field} must be a whole number other than 0, of magnitude below 2^96, in shortest two's complement form");
            return 0;
        }

        return units;
    }

    public Instrument Instrument(Wire.Instrument? instrument, string field)
    {
        if (instrument is null || (int)instrument.Right is < 0 or > byte.MaxValue)
        {
            Note($"{field} is missing or names a right out of range");
            return default;
        }

        return new Instrument(
            new AssetId(Digest(instrument.Asset, field + ".asset")),
            (Right)instrument.Right,
            instrument.FromMs,
            instrument.UntilMs);
    }

    public Authority Authority(Wire.Authority? authority, string field)
    {
        if (authority is null || authority.Keys.Count > LedgerLimits.AuthorityKeysMax)
        {
            Note($"{field} is missing or has more than {LedgerLimits.AuthorityKeysMax} keys");
            return new Authority(0, []);
        }

        var keys = new PublicKey[authority.Keys.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            if (!PublicKey.TryRead(authority.Keys[i].Span, out keys[i]))
            {
                Note($"{field}.keys[{i}] must be 64 bytes; it has {authority.Keys[i].Length}");
            }
        }

        return new Authority(authority.Threshold, keys);
    }

    public void Note(string fault) => Fault ??= fault;
}
