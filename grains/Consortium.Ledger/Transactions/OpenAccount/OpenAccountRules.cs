using Consortium.Ledger.Accounts;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Google.Protobuf;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of opening an account (SPEC.md section 3.1).</summary>
internal sealed class OpenAccountRules : KindRules<OpenAccount>
{
    public override TransactionKind Kind => TransactionKind.OpenAccount;

    public override string Name => "open_account";

    internal static Wire.OpenAccount ToWire(OpenAccount body) => new()
    {
        Custodian = WireForm.From(body.Custodian.Digest),
        Owner = WireForm.From(body.Owner.Digest),
        Authority = WireForm.From(body.Authority),
        ConsentRequired = body.ConsentRequired,
        Salt = ByteString.CopyFrom(Convert.FromHexString(body.Salt)),
    };

    internal override TransactionBody? Read(Wire.Payload payload, WireForm form)
    {
        if (payload.OpenAccount is not { } wire)
        {
            return null;
        }

        if (wire.Salt.Length > LedgerLimits.SaltBytesMax)
        {
            form.Note($"open_account.salt has {wire.Salt.Length} bytes; at most {LedgerLimits.SaltBytesMax} fit");
        }

        return new OpenAccount(
            new MemberId(form.Digest(wire.Custodian, "open_account.custodian")),
            new PartyId(form.Digest(wire.Owner, "open_account.owner")),
            form.Authority(wire.Authority, "open_account.authority"),
            wire.ConsentRequired,
            Convert.ToHexStringLower(wire.Salt.Span));
    }

    protected override void Write(OpenAccount body, Wire.Payload payload) => payload.OpenAccount = ToWire(body);

    protected override void DeclareReads(OpenAccount body, ICollection<StateKey> reads)
    {
        reads.Add(StateKey.Member(body.Custodian));
        reads.Add(StateKey.Account(body.AccountId));
    }

    protected override void Execute(OpenAccount body, RuleContext context)
    {
        var id = body.AccountId;
        if (context.RequireMember(body.Custodian, "custodian") is { } custodian)
        {
            context.RequireSigned(custodian, "custodian");
        }

        if (context.Account(id) is not null)
        {
            context.Reject(
                Rejection.AccountExists,
                string.Empty,
                "Use the account that is open, or change the salt.",
                new RejectionInput("account", id.ToString()));
        }

        context.RequireUsable(body.Authority, "authority");
        if (context.Rejected)
        {
            return;
        }

        // From here the transaction must succeed.
        context.Put(
            StateKey.Account(id),
            new Account(id, body.Custodian, body.Owner, body.Authority, [], Frozen: false, body.ConsentRequired, default));
    }
}
