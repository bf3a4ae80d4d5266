using Consortium.Ledger.Accounts;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of replacing an account's authority (SPEC.md section 3.2).</summary>
internal sealed class RotateKeysRules : KindRules<RotateKeys>
{
    public override TransactionKind Kind => TransactionKind.RotateKeys;

    public override string Name => "rotate_keys";

    internal override TransactionBody? Read(Wire.Payload payload, WireForm form) => payload.RotateKeys is not { } wire
        ? null
        : new RotateKeys(
            new AccountId(form.Digest(wire.Account, "rotate_keys.account")),
            form.Authority(wire.Authority, "rotate_keys.authority"));

    protected override void Write(RotateKeys body, Wire.Payload payload) => payload.RotateKeys = new Wire.RotateKeys
    {
        Account = WireForm.From(body.Account.Digest),
        Authority = WireForm.From(body.Authority),
    };

    protected override void DeclareReads(RotateKeys body, ICollection<StateKey> reads) =>
        reads.Add(StateKey.Account(body.Account));

    protected override void Execute(RotateKeys body, RuleContext context)
    {
        var account = context.RequireAccount(body.Account, "account");
        context.RequireUsable(body.Authority, "authority");
        if (account is not null)
        {
            if (account.IsIssuanceAccount)
            {
                context.RejectIssuanceAccount(account, "account");
            }

            context.RequireSigned(account, "account");
        }

        if (context.Rejected || account is null)
        {
            return;
        }

        // From here the transaction must succeed.
        var replaced = account.Authority.Keys.Where(key => !Authority.Contains(body.Authority.Keys, key));
        var remembered = account.RotatedKeys.Where(key => !Authority.Contains(body.Authority.Keys, key)).Concat(replaced);
        context.Put(
            StateKey.Account(body.Account),
            account with { Authority = body.Authority, RotatedKeys = [.. remembered.TakeLast(LedgerLimits.RotatedKeysMax)] });
    }
}
