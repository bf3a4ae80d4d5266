using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Ledger;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Grpc.Submissions;

/// <summary>Reads the moment that a caller waits for.</summary>
internal static class Moments
{
    /// <summary>Reads a moment; ordered where none is given.</summary>
    /// <exception cref="RefusalException">It is none.</exception>
    public static LedgerMoment Read(ApiWire.LedgerMoment moment) => moment switch
    {
        ApiWire.LedgerMoment.None => LedgerMoment.Ordered,
        ApiWire.LedgerMoment.Ordered or ApiWire.LedgerMoment.Sealed or ApiWire.LedgerMoment.Final => (LedgerMoment)moment,
        _ => throw new RefusalException(Refusal.ParameterInvalid, $"{(int)moment} is no moment: ordered is 1, sealed 2, final 3."),
    };
}
