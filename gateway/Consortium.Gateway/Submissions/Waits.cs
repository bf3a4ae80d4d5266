using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;

namespace Consortium.Gateway.Submissions;

/// <summary>Bounds and defaults of the time that a request may wait for a finality level.</summary>
internal static class Waits
{
    private const int SecondsDefault = 30;

    /// <summary>Reads a timeout.</summary>
    /// <exception cref="RefusalException">The time is out of range.</exception>
    public static TimeSpan Read(int? seconds, GatewayOptions options)
    {
        var value = seconds ?? Math.Min(SecondsDefault, options.WaitSecondsMax);
        return value >= 0 && value <= options.WaitSecondsMax
            ? TimeSpan.FromSeconds(value)
            : throw new RefusalException(
                Refusal.ParameterInvalid,
                $"timeoutSeconds must be from 0 to {options.WaitSecondsMax}; it is {value}.");
    }

    public static Refused TimedOut(FinalityLevel level, TimeSpan timeout) => new(
        Refusal.WaitTimedOut,
        $"The transactions were ordered, but not {EnumText.Write(level)} within {(int)timeout.TotalSeconds} s.");
}
