using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Assets;

/// <summary>The fields that describe an asset; its id commits to all of them, so none can change after registration.</summary>
/// <param name="Issuer">The account whose authority issues and whose owner owes what is outstanding.</param>
/// <param name="Name">1 to 100 UTF-8 bytes.</param>
/// <param name="Kind">The class of the asset, such as money or a security; any but unspecified.</param>
/// <param name="Decimals">0 to 18; for display only.</param>
/// <param name="Authorised">Most that may be outstanding, in smallest units.</param>
/// <param name="Isin">ISO 6166, or empty.</param>
/// <param name="Currency">ISO 4217 alphabetic code, or empty.</param>
/// <param name="TermsHash">SHA-256 of the legal terms, or <see langword="default"/>.</param>
/// <param name="Finality">The finality from which holders should rely on a deal; unspecified means ordered.</param>
public sealed record AssetDefinition(
    AccountId Issuer,
    string Name,
    Wire.AssetKind Kind,
    uint Decimals,
    Amount Authorised,
    string Isin,
    string Currency,
    Digest TermsHash,
    Wire.FinalityLevel Finality);
