using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Ledger;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Grpc.Submissions;

/// <summary>Reads the finality level that a caller waits for.</summary>
internal static class FinalityLevels
{
    /// <summary>Reads a finality level; ordered where none is given.</summary>
    /// <exception cref="RefusalException">The number is not a finality level.</exception>
    public static FinalityLevel Read(ApiWire.FinalityLevel level) => level switch
    {
        ApiWire.FinalityLevel.None => FinalityLevel.Ordered,
        ApiWire.FinalityLevel.Ordered or ApiWire.FinalityLevel.Sealed or ApiWire.FinalityLevel.Final => (FinalityLevel)level,
        _ => throw new RefusalException(Refusal.ParameterInvalid, $"{(int)level} is no finality level: ordered is 1, sealed 2, final 3."),
    };
}
