using System.Globalization;
using System.Text;
using System.Text.Json;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;

namespace Consortium.Api;

/// <summary>Reads the fields of a JSON object and notes the first that is missing or has no meaning.</summary>
internal sealed class FieldReader
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly FieldReader? _parent;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private string? _fault;

    private FieldReader(JsonElement element, string path, FieldReader? parent)
    {
        (_element, _path, _parent) = (element, path, parent);
    }

    /// <summary>The first fault that was found, or <see langword="null"/>.</summary>
    public string? Fault => _parent is null ? _fault : _parent.Fault;

    public static FieldReader Of(JsonElement element, string path) => new(element, path, parent: null);

    public AccountId Account(string name) =>
        Parse(name, AccountId.TryParse, "an account id (acc1…)", out AccountId id) ? id : default;

    public AssetId Asset(string name) => Parse(name, AssetId.TryParse, "an asset id (ast1…)", out AssetId id) ? id : default;

    public MemberId Member(string name) => Parse(name, MemberId.TryParse, "a member id (mem1…)", out MemberId id) ? id : default;

    public PartyId Party(string name) => Parse(name, TryParseParty, "a party id (pty1… or mem1…)", out PartyId id) ? id : default;

    public TransactionId Transaction(string name) =>
        Parse(name, TransactionId.TryParse, "a transaction id (tx1…)", out TransactionId id) ? id : default;

    public Instrument Instrument(string name) =>
        Parse(name, InstrumentText.TryParse, "an instrument (ast1… or ast1…:use:FROM-UNTIL)", out Instrument instrument) ? instrument : default;

    public Amount Amount(string name)
    {
        Parse(name, Ledger.Amounts.Amount.TryParse, "a decimal string of whole smallest units from 1", out Amount amount);
        if (amount.IsZero)
        {
            Note(name, "must be a decimal string of whole smallest units from 1");
        }

        return amount;
    }

    public Int128 SignedAmount(string name)
    {
        var read = Parse(
            name,
            (string? text, out Int128 units) => Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out units),
            "a decimal string of whole smallest units, negative to give, positive to receive",
            out Int128 amount);
        if (read && (amount == 0 || amount > (Int128)LedgerLimits.AuthorisedMax || amount < -(Int128)LedgerLimits.AuthorisedMax))
        {
            Note(name, "must not be 0 and must be of magnitude below 2^96");
        }

        return amount;
    }

    public TEnum Member<TEnum>(string name)
        where TEnum : struct, Enum =>
        Parse(name, EnumText.TryRead<TEnum>, "one of " + EnumText.List<TEnum>(), out TEnum value) ? value : default;

    public TEnum OptionalMember<TEnum>(string name)
        where TEnum : struct, Enum => Has(name) ? Member<TEnum>(name) : default;

    public Digest OptionalDigest(string name)
    {
        if (!Has(name))
        {
            return default;
        }

        var read = Parse(
            name,
            (string? text, out Digest value) => Digest.TryParseHex(text, out value),
            "64 hexadecimal digits",
            out Digest digest);
        if (read && digest.IsZero)
        {
            Note(name, "must not be all zero");
        }

        return digest;
    }

    public string OptionalHex(string name, int bytesMax)
    {
        if (!Has(name))
        {
            return string.Empty;
        }

        var text = Text(name);
        if (!HexText.TryRead(text, out var bytes) || bytes.Length > bytesMax)
        {
            Note(name, $"must be at most {bytesMax} bytes as hexadecimal digits");
            return string.Empty;
        }

        return Convert.ToHexStringLower(bytes);
    }

    public string Text(string name)
    {
        if (!TryGet(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            Note(name, "must be a string");
            return string.Empty;
        }

        return TextOf(value) ?? NoText(name);
    }

    public string OptionalText(string name) => Has(name) ? Text(name) : string.Empty;

    public bool OptionalFlag(string name) => Has(name) && Flag(name);

    public bool Flag(string name)
    {
        if (TryGet(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Note(name, "must be true or false");
        return false;
    }

    public uint Number(string name, uint max)
    {
        if (TryGet(name, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetUInt32(out var number)
            && number <= max)
        {
            return number;
        }

        Note(name, $"must be a whole number from 0 to {max}");
        return 0;
    }

    public ulong TimeMs(string name)
    {
        if (TryGet(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var timeMs))
        {
            return timeMs;
        }

        Note(name, "must be a time in UTC milliseconds since 1970");
        return 0;
    }

    public Authority Authority(string name)
    {
        var authority = Child(name);
        if (authority is null)
        {
            return new Authority(0, []);
        }

        var threshold = authority.Number("threshold", LedgerLimits.AuthorityKeysMax);
        var keys = new List<PublicKey>();
        foreach (var item in authority.Items("keys", LedgerLimits.AuthorityKeysMax))
        {
            if (item.ValueKind != JsonValueKind.String || !PublicKey.TryParse(TextOf(item), out var key))
            {
                authority.Note($"keys[{keys.Count}]", "must be 128 hexadecimal digits: X then Y");
                break;
            }

            keys.Add(key);
        }

        authority.RefuseOthers();
        return new Authority(threshold, keys);
    }

    /// <summary>A field that is an object.</summary>
    public FieldReader? Child(string name)
    {
        if (TryGet(name, out var value) && value.ValueKind == JsonValueKind.Object)
        {
            return new FieldReader(value, $"{_path}.{name}", this);
        }

        Note(name, "must be an object");
        return null;
    }

    /// <summary>A field that is a list of objects.</summary>
    public IEnumerable<FieldReader> Children(string name, int max)
    {
        var index = 0;
        foreach (var item in Items(name, max))
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                Note($"{name}[{index}]", "must be an object");
                yield break;
            }

            yield return new FieldReader(item, $"{_path}.{name}[{index}]", this);
            index++;
        }
    }

    /// <summary>Refuses fields that were not read: ignoring one would lose something that the sender meant.</summary>
    public void RefuseOthers()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in _element.EnumerateObject())
        {
            if (!_read.Contains(property.Name))
            {
                Note(property.Name, "is not a field here; the fields are " + string.Join(", ", _read.Order(StringComparer.Ordinal)));
            }
            else if (!seen.Add(property.Name))
            {
                Note(property.Name, "is given twice");
            }
        }
    }

    private static bool TryParseParty(string? text, out PartyId id)
    {
        if (MemberId.TryParse(text, out var member))
        {
            id = Derive.Party(member);
            return true;
        }

        return PartyId.TryParse(text, out id);
    }

    // A string with a lone surrogate is JSON but no text.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            var text = value.GetString();
            return text is not null && Encoding.UTF8.GetByteCount(text) >= 0 && !HasLoneSurrogate(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private JsonElement.ArrayEnumerator Items(string name, int max)
    {
        if (TryGet(name, out var value) && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= max)
        {
            return value.EnumerateArray();
        }

        Note(name, $"must be a list of at most {max}");
        return default; // An enumerator of nothing.
    }

    private string NoText(string name)
    {
        Note(name, "must be text");
        return string.Empty;
    }

    private bool Parse<T>(string name, TryParse<T> tryParse, string expected, out T value)
    {
        value = default!; // What follows is used only when parsing succeeded.
        if (TryGet(name, out var element) && element.ValueKind == JsonValueKind.String && tryParse(TextOf(element), out value))
        {
            return true;
        }

        Note(name, "must be " + expected);
        return false;
    }

    private bool Has(string name) => TryGet(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private bool TryGet(string name, out JsonElement value)
    {
        _read.Add(name);
        return _element.TryGetProperty(name, out value);
    }

    private void Note(string name, string fault)
    {
        if (_parent is not null)
        {
            _parent.NoteAt($"{_path}.{name} {fault}");
        }
        else
        {
            NoteAt($"{_path}.{name} {fault}");
        }
    }

    private void NoteAt(string fault)
    {
        if (_parent is not null)
        {
            _parent.NoteAt(fault);
        }
        else
        {
            _fault ??= fault;
        }
    }
}
