using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Ledger;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Grpc.Submissions;

/// <summary>Reads the moment that a caller waits for.</summary>
internal static class FinalityLevels
{
    /// <summary>Reads a moment; ordered where none is given.</summary>
    /// <exception cref="RefusalException">It is none.</exception>
    public static FinalityLevel Read(ApiWire.FinalityLevel moment) => moment switch
    {
        ApiWire.FinalityLevel.None => FinalityLevel.Ordered,
        ApiWire.FinalityLevel.Ordered or ApiWire.FinalityLevel.Sealed or ApiWire.FinalityLevel.Final => (FinalityLevel)moment,
        _ => throw new RefusalException(Refusal.ParameterInvalid, $"{(int)moment} is no moment: ordered is 1, sealed 2, final 3."),
    };
}
