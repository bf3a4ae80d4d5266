using Consortium.Ledger.Assets;

namespace Consortium.Api;

/// <summary>The fields that describe an asset; the asset's id commits to all of them.</summary>
/// <param name="Issuer">The account whose authority issues it, <c>acc1…</c>.</param>
/// <param name="Name">1 to 100 UTF-8 bytes.</param>
/// <param name="Kind">For example <c>receivable</c>.</param>
/// <param name="Decimals">0 to 18; for display only.</param>
/// <param name="Authorised">Most that may be outstanding, smallest units.</param>
/// <param name="Isin">ISO 6166.</param>
/// <param name="Currency">ISO 4217 alphabetic code.</param>
/// <param name="TermsHash">SHA-256 of the legal terms, hexadecimal.</param>
/// <param name="Finality">The finality level from which holders should rely on a deal; left out means ordered.</param>
public sealed record AssetDefinitionJson(
    string Issuer,
    string Name,
    string Kind,
    uint Decimals,
    string Authorised,
    string? Isin = null,
    string? Currency = null,
    string? TermsHash = null,
    string? Finality = null)
{
    /// <summary>Describes a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <returns>The JSON form.</returns>
    public static AssetDefinitionJson From(AssetDefinition definition) => new(
        definition.Issuer.ToString(),
        definition.Name,
        EnumText.Write(definition.Kind),
        definition.Decimals,
        definition.Authorised.ToString(),
        definition.Isin.Length == 0 ? null : definition.Isin,
        definition.Currency.Length == 0 ? null : definition.Currency,
        definition.TermsHash.IsZero ? null : definition.TermsHash.ToString(),
        definition.Finality == Ledger.Wire.FinalityLevel.Unspecified ? null : EnumText.Write(definition.Finality));

    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static AssetDefinitionJson FromWire(Wire.AssetTerms wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new AssetDefinitionJson(
            wire.Issuer,
            wire.Name,
            wire.Kind,
            wire.Decimals,
            wire.Authorised,
            wire.HasIsin ? wire.Isin : null,
            wire.HasCurrency ? wire.Currency : null,
            wire.HasTermsHash ? wire.TermsHash : null,
            wire.HasFinality ? wire.Finality : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.AssetTerms ToWire()
    {
        var wire = new Wire.AssetTerms
        {
            Issuer = Issuer,
            Name = Name,
            Kind = Kind,
            Decimals = Decimals,
            Authorised = Authorised,
        };
        if (Isin is not null)
        {
            wire.Isin = Isin;
        }

        if (Currency is not null)
        {
            wire.Currency = Currency;
        }

        if (TermsHash is not null)
        {
            wire.TermsHash = TermsHash;
        }

        if (Finality is not null)
        {
            wire.Finality = Finality;
        }

        return wire;
    }
}
