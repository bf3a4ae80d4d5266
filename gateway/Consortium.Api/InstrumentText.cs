using System.Globalization;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Api;

/// <summary>Instruments as text: <c>ast1…</c> for all rights, <c>ast1…:use:0-1000</c> for a right over an interval.</summary>
public static class InstrumentText
{
    /// <summary>Reads what <see cref="Instrument.ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instrument">The instrument, or <see langword="default"/>. Whether right and interval go together is a rule of the ledger.</param>
    /// <returns>Whether the text is an instrument.</returns>
    public static bool TryParse(string? text, out Instrument instrument)
    {
        instrument = default;
        var parts = (text ?? string.Empty).Split(':');
        if (!AssetId.TryParse(parts[0], out var asset))
        {
            return false;
        }

        if (parts.Length == 1)
        {
            instrument = Instrument.Full(asset);
            return true;
        }

        if (parts.Length != 3 || !EnumText.TryRead<Right>(parts[1], out var right))
        {
            return false;
        }

        var times = parts[2].Split('-');
        if (times.Length != 2
            || !ulong.TryParse(times[0], NumberStyles.None, CultureInfo.InvariantCulture, out var fromMs)
            || !ulong.TryParse(times[1], NumberStyles.None, CultureInfo.InvariantCulture, out var untilMs))
        {
            return false;
        }

        instrument = new Instrument(asset, right, fromMs, untilMs);
        return true;
    }
}
