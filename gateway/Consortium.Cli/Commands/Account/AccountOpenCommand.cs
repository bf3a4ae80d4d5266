using System.CommandLine;
using System.Security.Cryptography;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli.Commands;

/// <summary>Opens an account.</summary>
internal sealed class AccountOpenCommand : TransactionVerb
{
    private readonly Option<MemberId> _custodian =
        Ids.Member("--custodian", "The member that keeps the account; its keys sign (mem1… or LEI)").Required();

    private readonly Option<PartyId> _owner = Ids.Party("--owner", "The beneficial owner [default: the custodian itself]");

    private readonly Option<string?> _customer = new("--customer")
    {
        Description = "The custodian's reference for a customer who owns it; only its hash goes on the ledger",
        HelpName = "REFERENCE",
    };

    private readonly Option<bool> _consent = new("--consent-required")
    {
        Description = "Credits need the account's signatures too",
    };

    private readonly AuthorityOptions _authority = new();
    private readonly KeyOptions _passwords = new();

    public AccountOpenCommand()
        : base(KindPaths.Word("open_account"), "Open an account with m-of-n keys; signed by the custodian")
    {
        Options.Add(_custodian);
        Options.Add(_owner);
        Options.Add(_customer);
        Options.Add(_consent);
        _authority.AddTo(this);
    }

    protected override Task<TransactionBody> ComposeAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var custodian = context.Required(_custodian);
        var (owner, customer) = (context.Given(_owner), context.Optional(_customer));
        if (owner && customer is not null)
        {
            throw new UsageException("The owner is given twice, by --owner and by --customer.", "Give one of the two.");
        }

        var party = customer is not null
            ? Derive.Party(custodian, customer)
            : owner ? context.Required(_owner) : Derive.Party(custodian);
        return Task.FromResult<TransactionBody>(new OpenAccount(
            custodian,
            party,
            _authority.Read(context, _passwords),
            context.Optional(_consent),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))));
    }
}
