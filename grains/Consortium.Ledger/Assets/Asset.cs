using Consortium.Ledger.Encoding;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Assets;

/// <summary>A registered asset.</summary>
/// <param name="Id">The asset's id, from its definition.</param>
/// <param name="Definition">The definition as it was registered.</param>
public sealed record Asset(AssetId Id, AssetDefinition Definition) : StateValue
{
    /// <summary>The account whose negative holding is the amount outstanding.</summary>
    public AccountId IssuanceAccount => Derive.IssuanceAccount(Id);

    /// <summary>Reads canonical bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The asset, or <see langword="null"/>.</returns>
    public static Asset? Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var id = new AssetId(reader.Digest());
        var definition = new AssetDefinition(
            new AccountId(reader.Digest()),
            reader.Text(LedgerLimits.NameBytesMax),
            (Wire.AssetKind)reader.Byte(),
            reader.Byte(),
            new Amounts.Amount(reader.Integer()),
            reader.Text(12),
            reader.Text(3),
            reader.Digest(),
            (Wire.FinalityLevel)reader.Byte());
        return reader.Succeeded ? new Asset(id, definition) : null;
    }

    /// <inheritdoc/>
    public override byte[] Encode()
    {
        var writer = new CanonicalWriter(stackalloc byte[512]);
        writer.Digest(Id.Digest);
        writer.Digest(Definition.Issuer.Digest);
        writer.Text(Definition.Name);
        writer.Byte((byte)Definition.Kind);
        writer.Byte((byte)Definition.Decimals);
        writer.Integer(Definition.Authorised.Units);
        writer.Text(Definition.Isin);
        writer.Text(Definition.Currency);
        writer.Digest(Definition.TermsHash);
        writer.Byte((byte)Definition.Finality);
        return writer.ToArray();
    }
}
