using System.CommandLine;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Freezes an account, or ends the freeze.</summary>
internal sealed class AccountFreezeCommand : TransactionVerb
{
    private readonly Argument<AccountId> _account = Ids.AccountArgument("The account");
    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why; at most 140 bytes, on the ledger for all members to read",
        HelpName = "TEXT",
        Required = true,
    };

    private readonly bool _frozen;

    private AccountFreezeCommand(string name, string description, bool frozen)
        : base(name, description)
    {
        _frozen = frozen;
        Arguments.Add(_account);
        Options.Add(_reason);
    }

    public static AccountFreezeCommand Freeze() =>
        new(KindPaths.Word("set_freeze"), "Freeze an account: nothing leaves or enters it; signed by the custodian", frozen: true);

    public static AccountFreezeCommand Unfreeze() =>
        new("un" + KindPaths.Word("set_freeze"), "Let a frozen account go again; signed by the custodian", frozen: false);

    protected override Task<TransactionBody> ComposeAsync(VerbContext context, CancellationToken cancellationToken) =>
        Task.FromResult<TransactionBody>(new SetFreeze(context.Required(_account), _frozen, context.Required(_reason)));
}
