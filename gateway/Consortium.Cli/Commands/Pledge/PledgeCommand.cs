using System.CommandLine;
using System.Globalization;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Sets an amount aside for one deal.</summary>
internal sealed class PledgeCommand : TransactionVerb
{
    private readonly Option<AccountId> _account = Ids.Account("--account", "The account that pledges").Required();
    private readonly Option<Instrument> _instrument = InstrumentOptions.Create("What is set aside");
    private readonly Option<TransactionId> _deal =
        Ids.Transaction("--deal", "The deal's transaction, known from its file before it is submitted").Required();

    private readonly Option<AccountId> _beneficiary = Ids.Account("--beneficiary", "The account that may release it").Required();

    private readonly Option<DateTimeOffset> _until = Typed.Option<DateTimeOffset>(
        "--until",
        "TIME",
        "Until when, UTC, for example 2030-01-31T12:00:00Z",
        TryReadTime,
        "a time such as 2030-01-31T12:00:00Z").Required();

    private readonly AmountOptions _amount = new();

    public PledgeCommand()
        : base(KindPaths.Word("pledge"), "Set an amount aside for one deal until a time; signed by the account")
    {
        foreach (var option in (Option[])[_account, _instrument, _deal, _beneficiary, _until])
        {
            Options.Add(option);
        }

        _amount.AddTo(this);
    }

    protected override async Task<TransactionBody> ComposeAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var instrument = context.Required(_instrument);
        return new Pledge(
            context.Required(_account),
            instrument,
            await _amount.ReadAsync(context, instrument.Asset, cancellationToken),
            context.Required(_deal),
            context.Required(_beneficiary),
            (ulong)context.Required(_until).ToUnixTimeMilliseconds());
    }

    private static bool TryReadTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time)
        && time > DateTimeOffset.UnixEpoch;
}
