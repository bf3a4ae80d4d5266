using System.CommandLine;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Replaces an account's keys.</summary>
internal sealed class AccountRotateCommand : TransactionVerb
{
    private readonly Argument<AccountId> _account = Ids.AccountArgument("The account");
    private readonly AuthorityOptions _authority = new();
    private readonly KeyOptions _passwords = new();

    public AccountRotateCommand()
        : base(KindPaths.Word("rotate_keys"), "Replace an account's keys; signed by the keys that are replaced")
    {
        Arguments.Add(_account);
        _authority.AddTo(this);
    }

    protected override Task<TransactionBody> ComposeAsync(VerbContext context, CancellationToken cancellationToken) =>
        Task.FromResult<TransactionBody>(
            new RotateKeys(context.Required(_account), _authority.Read(context, _passwords)));
}
