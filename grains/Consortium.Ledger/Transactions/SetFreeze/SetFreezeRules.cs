using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of freezing (SPEC.md section 3.9).</summary>
internal sealed class SetFreezeRules : KindRules<SetFreeze>
{
    public override TransactionKind Kind => TransactionKind.SetFreeze;

    public override string Name => "set_freeze";

    internal override TransactionBody? Read(Wire.Payload payload, WireForm form) => payload.SetFreeze is not { } wire
        ? null
        : new SetFreeze(new AccountId(form.Digest(wire.Account, "set_freeze.account")), wire.Frozen, wire.Reason);

    protected override void Write(SetFreeze body, Wire.Payload payload) => payload.SetFreeze = new Wire.SetFreeze
    {
        Account = WireForm.From(body.Account.Digest),
        Frozen = body.Frozen,
        Reason = body.Reason,
    };

    protected override void DeclareReads(SetFreeze body, ICollection<StateKey> reads) =>
        reads.Add(StateKey.Account(body.Account));

    protected override void Execute(SetFreeze body, RuleContext context)
    {
        var account = context.RequireAccount(body.Account, "account");
        context.RequireText(body.Reason, "reason", mayBeEmpty: false);
        if (account is not null)
        {
            if (account.IsIssuanceAccount)
            {
                context.RejectIssuanceAccount(account, "account");
            }

            if (context.RequireMember(account.Custodian, "account.custodian") is { } custodian)
            {
                context.RequireSigned(custodian, "account.custodian");
            }

            if (account.Frozen == body.Frozen)
            {
                context.Reject(
                    Rejection.FreezeUnchanged,
                    "frozen",
                    "Nothing needs doing.",
                    new RejectionInput("account", body.Account.ToString()),
                    new RejectionInput("frozen", body.Frozen ? "true" : "false"));
            }
        }

        if (context.Rejected || account is null)
        {
            return;
        }

        // From here the transaction must succeed.
        context.Put(StateKey.Account(body.Account), account with { Frozen = body.Frozen });
    }
}
