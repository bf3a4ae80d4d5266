using System.CommandLine;
using Consortium.Api;
using Consortium.Ledger.Assets;

namespace Consortium.Cli;

/// <summary>The options for an instrument: an asset, or a right in it over an interval.</summary>
internal static class InstrumentOptions
{
    public static Option<Instrument> Create(string description) => Typed.Option<Instrument>(
        "--asset",
        "INSTRUMENT",
        description,
        InstrumentText.TryParse,
        "an asset (ast1…), or a right in one over an interval of UTC milliseconds (ast1…:use:FROM-UNTIL)").Required();
}
