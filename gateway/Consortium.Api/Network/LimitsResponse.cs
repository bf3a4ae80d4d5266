namespace Consortium.Api;

/// <summary>Bounds that a client should keep to.</summary>
/// <param name="RequestBytesMax">Bytes of a request body.</param>
/// <param name="TransactionsPerRequestMax">Transactions of one request.</param>
/// <param name="TransactionsPerSecondMax">Transactions that one caller may submit each second on average.</param>
/// <param name="WaitSecondsMax">Longest wait for a finality level.</param>
/// <param name="PayloadBytesMax">Bytes of a payload.</param>
/// <param name="SignaturesMax">Signatures of a transaction.</param>
/// <param name="DealLegsMax">Legs of a deal.</param>
/// <param name="AuthorityKeysMax">Keys of an authority.</param>
/// <param name="AuthorisedMax">Units of one asset that may be authorised.</param>
public sealed record LimitsResponse(
    int RequestBytesMax,
    int TransactionsPerRequestMax,
    int TransactionsPerSecondMax,
    int WaitSecondsMax,
    int PayloadBytesMax,
    int SignaturesMax,
    int DealLegsMax,
    int AuthorityKeysMax,
    string AuthorisedMax)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static LimitsResponse FromWire(Wire.Limits wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new LimitsResponse(
            wire.RequestBytesMax,
            wire.TransactionsPerRequestMax,
            wire.TransactionsPerSecondMax,
            wire.WaitSecondsMax,
            wire.PayloadBytesMax,
            wire.SignaturesMax,
            wire.DealLegsMax,
            wire.AuthorityKeysMax,
            wire.AuthorisedMax);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Limits ToWire() => new()
    {
        RequestBytesMax = RequestBytesMax,
        TransactionsPerRequestMax = TransactionsPerRequestMax,
        TransactionsPerSecondMax = TransactionsPerSecondMax,
        WaitSecondsMax = WaitSecondsMax,
        PayloadBytesMax = PayloadBytesMax,
        SignaturesMax = SignaturesMax,
        DealLegsMax = DealLegsMax,
        AuthorityKeysMax = AuthorityKeysMax,
        AuthorisedMax = AuthorisedMax,
    };
}
