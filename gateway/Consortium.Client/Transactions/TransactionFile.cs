using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consortium.Api;
using Consortium.Client.Keys;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Google.Protobuf;
using LedgerWire = Consortium.Ledger.Wire;

namespace Consortium.Client.Transactions;

/// <summary>A transaction file that is passed around until every party has signed it; used for deals most of all.</summary>
/// <remarks>
/// <para>
/// Only the payload counts: it is what is signed, and all that is shown is read from it. The file repeats it in words for
/// those who open it in an editor; a file whose words and payload differ is not read, since somebody is being misled.
/// </para>
/// <para>Every signature in it has been checked. Not changed once made: signing and merging give a new one.</para>
/// </remarks>
public sealed class TransactionFile
{
    private const string Format = "consortium/transaction/1";

    // A payload of 64 KiB in base64 and in words, with 64 signatures, stays well below.
    private const int FileBytesMax = 1024 * 1024;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ReadOnlyMemory<byte> _payload;
    private readonly SortedDictionary<PublicKey, byte[]> _signatures;

    private TransactionFile(
        ReadOnlyMemory<byte> payload,
        LedgerWire.Payload head,
        Transaction transaction,
        SortedDictionary<PublicKey, byte[]> signatures)
    {
        _payload = payload;
        _signatures = signatures;
        Network = Digest.FromBytes(head.NetworkId.Span);
        Salt = head.Salt.Memory;
        Id = transaction.Id;
        ValidUntilMs = transaction.ValidUntilMs;
        Body = transaction.Body;
    }

    /// <summary>The network that the transaction is for.</summary>
    public Digest Network { get; }

    /// <summary>Random bytes that give two otherwise equal transactions different ids.</summary>
    public ReadOnlyMemory<byte> Salt { get; }

    /// <summary>The transaction's id.</summary>
    public TransactionId Id { get; }

    /// <summary>UTC milliseconds, exclusive.</summary>
    public ulong ValidUntilMs { get; }

    /// <summary>The decoded request.</summary>
    public TransactionBody Body { get; }

    /// <summary>The keys that have signed, in order.</summary>
    public IReadOnlyCollection<PublicKey> Signers => _signatures.Keys;

    /// <summary>The payload's bytes.</summary>
    public ReadOnlyMemory<byte> Payload => _payload;

    /// <summary>Starts from a payload that nobody has signed.</summary>
    /// <param name="transaction">The payload.</param>
    /// <returns>The file's content.</returns>
    /// <exception cref="TransactionFileException">The payload has no meaning.</exception>
    public static TransactionFile FromUnsigned(UnsignedTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return FromPayload(transaction.Payload, []);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content, every signature checked.</returns>
    /// <exception cref="TransactionFileException">It cannot be read, or was tampered with.</exception>
    public static TransactionFile Load(string path)
    {
        try
        {
            if (new FileInfo(path).Length > FileBytesMax)
            {
                throw Broken("it is larger than any transaction");
            }

            return Parse(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransactionFileException(
                "transaction_file_unreadable",
                $"The file '{path}' could not be read: {exception.Message}",
                "Check the path; 'consortium deal new FILE' starts a deal.",
                exception);
        }
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">JSON.</param>
    /// <returns>Its content, every signature checked.</returns>
    /// <exception cref="TransactionFileException">It is no transaction file, or was tampered with.</exception>
    public static TransactionFile Parse(string text)
    {
        TransactionFileJson json;
        try
        {
            json = JsonSerializer.Deserialize<TransactionFileJson>(text, ApiJson.Strict) ?? throw Broken("it is empty");
        }
        catch (JsonException exception)
        {
            throw Broken(exception.Message);
        }

        if (json.Format != Format || !Base64Text.TryRead(json.Payload, out var payload))
        {
            throw Broken($"its format is not {Format}, or its payload is not base64");
        }

        var file = FromPayload(payload, ReadSignatures(payload, json.Signatures ?? []));
        return JsonNode.DeepEquals(json.Meaning, file.Meaning()) ? file : throw new TransactionFileException(
            "transaction_file_misleads",
            "What the file says in words ('meaning') is not what its payload says: it was changed by hand, or to mislead.",
            "Do not sign it; ask its sender for the file as 'consortium' wrote it.");
    }

    /// <summary>Adds a signature of the payload.</summary>
    /// <param name="key">The key to sign with.</param>
    /// <returns>The same with one more signature.</returns>
    public TransactionFile Sign(SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var signatures = new SortedDictionary<PublicKey, byte[]>(_signatures) { [key.PublicKey] = key.Sign(_payload.Span) };
        return FromPayload(_payload, signatures);
    }

    /// <summary>Puts the signatures of two copies together.</summary>
    /// <param name="other">A copy of the same transaction.</param>
    /// <returns>The transaction with the signatures of both.</returns>
    /// <exception cref="TransactionFileException">It is another transaction.</exception>
    public TransactionFile Merge(TransactionFile other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!other._payload.Span.SequenceEqual(_payload.Span))
        {
            throw new TransactionFileException(
                "transactions_differ",
                $"The files hold different transactions, {Id} and {other.Id}: their signatures do not add up.",
                "Have everybody sign copies of one file; a file that was changed after it was signed is another transaction.");
        }

        var signatures = new SortedDictionary<PublicKey, byte[]>(_signatures);
        foreach (var (key, value) in other._signatures)
        {
            signatures[key] = value;
        }

        return FromPayload(_payload, signatures);
    }

    /// <summary>Adds legs to a deal that nobody has signed.</summary>
    /// <param name="legs">What else moves.</param>
    /// <returns>The longer deal; another transaction.</returns>
    /// <exception cref="TransactionFileException">It is no deal, or was signed.</exception>
    public TransactionFile AddLegs(params IReadOnlyList<DealLeg> legs)
    {
        if (Body is not Deal deal)
        {
            throw new TransactionFileException(
                "not_a_deal",
                $"The file holds a transaction of kind {TransactionJson.NameOf(Body.Kind)}, which has no legs.",
                "Name a file made by 'consortium deal new'.");
        }

        if (_signatures.Count > 0)
        {
            throw new TransactionFileException(
                "already_signed",
                $"The deal was signed by {_signatures.Count} of its parties; a further leg would make it another deal.",
                "Start anew with 'consortium deal new', add all legs, then have everybody sign.");
        }

        var body = deal with { Legs = [.. deal.Legs, .. legs] };
        return FromPayload(TransactionCodec.EncodePayload(Network, ValidUntilMs, Salt.Span, body), []);
    }

    /// <summary>The transaction as it is submitted.</summary>
    /// <returns>Encoded signed transaction.</returns>
    public byte[] ToSignedBytes() =>
        TransactionCodec.EncodeSigned(_payload, _signatures.Select(signature => (signature.Key, signature.Value)));

    /// <summary>The payload in words, for people who open the file in an editor.</summary>
    /// <returns>Kind, network, validity and the kind's fields.</returns>
    public JsonObject Meaning() => new()
    {
        ["transactionId"] = Id.ToString(),
        ["network"] = Network.ToString(),
        ["validUntil"] = Timestamps.Text(ValidUntilMs),
        ["kind"] = TransactionJson.NameOf(Body.Kind),
        ["body"] = TransactionJson.Write(Body),
    };

    /// <summary>Writes the text of a file.</summary>
    /// <returns>JSON that <see cref="Parse"/> reads.</returns>
    public string ToText()
    {
        var signatures = _signatures.Select(signature =>
            new SignatureJson(signature.Key.ToString(), Convert.ToBase64String(signature.Value)));
        var json = new TransactionFileJson(Format, Convert.ToBase64String(_payload.Span), [.. signatures], Meaning());
        return JsonSerializer.SerializeToNode(json, ApiJson.Strict)!.ToJsonString(Indented) + "\n";
    }

    /// <summary>Writes a file in one step: a crash leaves the old content or the new.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="TransactionFileException">It is there, or cannot be written.</exception>
    public void Save(string path, bool overwrite)
    {
        if (!overwrite && File.Exists(path))
        {
            throw new TransactionFileException(
                "transaction_file_exists",
                $"The file '{path}' exists and is not overwritten.",
                "Name another file, or move this one away first.");
        }

        var temporary = path + ".new";
        try
        {
            File.WriteAllText(temporary, ToText());
            File.Move(temporary, path, overwrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransactionFileException(
                "transaction_file_not_written",
                $"The file '{path}' could not be written: {exception.Message}",
                "Name a folder that exists and that you may write to.",
                exception);
        }
    }

    private static TransactionFile FromPayload(ReadOnlyMemory<byte> payload, SortedDictionary<PublicKey, byte[]> signatures)
    {
        LedgerWire.Payload head;
        try
        {
            head = LedgerWire.Payload.Parser.ParseFrom(payload.Span);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw Broken(exception.Message);
        }

        if (head.NetworkId.Length != Digest.Size)
        {
            throw Broken("its payload names no network");
        }

        var refused = TransactionCodec.TryDecodeUnsigned(
            payload,
            Digest.FromBytes(head.NetworkId.Span),
            [.. signatures.Keys],
            out var transaction);
        return transaction is null
            ? throw Broken(refused?.Detail ?? "its payload has no meaning")
            : new TransactionFile(payload, head, transaction, signatures);
    }

    private static SortedDictionary<PublicKey, byte[]> ReadSignatures(byte[] payload, IReadOnlyList<SignatureJson> json)
    {
        var signatures = new SortedDictionary<PublicKey, byte[]>();
        for (var i = 0; i < json.Count; i++)
        {
            if (!PublicKey.TryParse(json[i].PublicKey, out var key)
                || !Base64Text.TryRead(json[i].Value, out var value)
                || !P256.IsLowS(value)
                || !P256.Verify(key.ToArray(), payload, value))
            {
                throw new TransactionFileException(
                    "signature_invalid",
                    $"signatures[{i}] of the file does not match its payload: one of them was changed.",
                    "Do not use it; ask its sender for the file as 'consortium' wrote it.");
            }

            signatures[key] = value;
        }

        return signatures;
    }

    private static TransactionFileException Broken(string why) => new(
        "not_a_transaction_file",
        $"This is not a transaction file: {why.TrimEnd('.')}.",
        "Name a file made by 'consortium deal new', or by '--file' of another command.");
}
