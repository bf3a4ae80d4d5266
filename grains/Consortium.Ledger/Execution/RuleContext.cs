using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Members;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Ledger.Execution;

/// <summary>Gives the rules of one kind the state, the transaction and the batch time, and collects their changes or rejections.</summary>
internal sealed class RuleContext(StateView view, Transaction transaction, ulong timeMs)
{
    private readonly List<RejectionDetail> _rejections = [];
    private readonly List<StateChange> _changes = new(4);
    private bool _anySigned;
    private bool _anyMissing;

    /// <summary>Batch time, UTC milliseconds.</summary>
    public ulong TimeMs => timeMs;

    /// <summary>Batch time, UTC seconds.</summary>
    public long TimeSeconds => (long)(timeMs / 1000);

    public TransactionId TransactionId => transaction.Id;

    public IReadOnlyList<PublicKey> Signers => transaction.Signers;

    public IReadOnlyList<StateChange> Changes => _changes;

    /// <summary>Whether every authority that was asked for signed, and at least one was.</summary>
    public bool IsAuthorised => _anySigned && !_anyMissing;

    /// <summary>Whether any rule has failed.</summary>
    public bool Rejected => _rejections.Count > 0;

    public Member? Member(MemberId id) => (Member?)view.Get(StateKey.Member(id));

    public Asset? Asset(AssetId id) => (Asset?)view.Get(StateKey.Asset(id));

    public Account? Account(AccountId id) => (Account?)view.Get(StateKey.Account(id));

    public Holding Holding(AccountId account, Instrument instrument) =>
        (Holding?)view.Get(StateKey.Holding(account, instrument)) ?? Accounts.Holding.Empty;

    public void Reject(Rejection code, string subject, string remedy, params ReadOnlySpan<RejectionInput> inputs) =>
        _rejections.Add(new RejectionDetail(code, subject, inputs.ToArray(), remedy));

    public void Put(StateKey key, StateValue value) => _changes.Add(new StateChange(key, value));

    /// <summary>The failed rules in order of precedence; those of one rule in the order of the payload.</summary>
    public IReadOnlyList<RejectionDetail> Rejections() => [.. _rejections.OrderBy(rejection => rejection.Code)];

    /// <summary>Reads a member; rejects the transaction when no member has that id.</summary>
    public Member? RequireMember(MemberId id, string subject)
    {
        var member = Member(id);
        if (member is null)
        {
            Reject(Rejection.MemberUnknown, subject, "Name a member of this network.", new RejectionInput("member", id.ToString()));
        }

        return member;
    }

    /// <summary>Reads an account; rejects the transaction when no account has that id.</summary>
    public Account? RequireAccount(AccountId id, string subject)
    {
        var account = Account(id);
        if (account is null)
        {
            Reject(Rejection.AccountUnknown, subject, "Open the account first.", new RejectionInput("account", id.ToString()));
        }

        return account;
    }

    /// <summary>Reads an asset; rejects the transaction when no asset has that id.</summary>
    public Asset? RequireAsset(AssetId id, string subject)
    {
        var asset = Asset(id);
        if (asset is null)
        {
            Reject(Rejection.AssetUnknown, subject, "Register the asset first.", new RejectionInput("asset", id.ToString()));
        }

        return asset;
    }

    /// <summary>Rejects the transaction with <paramref name="missing"/> unless the account's authority signed it.</summary>
    public void RequireSigned(Account account, string subject, Rejection missing = Rejection.SignaturesInsufficient)
    {
        var signed = account.Authority.CountSigned(Signers) >= account.Authority.Threshold;
        foreach (var key in signed ? [] : account.RotatedKeys)
        {
            if (Authority.Contains(Signers, key))
            {
                Reject(
                    Rejection.SignedByRotatedKey,
                    subject,
                    "Sign with a key of the account's present authority.",
                    new RejectionInput("account", account.Id.ToString()),
                    new RejectionInput("key", key.ToString()));
            }
        }

        RequireSigned(account.Authority, account.Id, subject, missing);
    }

    /// <summary>Checks that a member signed.</summary>
    public void RequireSigned(Member member, string subject) =>
        RequireSigned(member.Authority, member.Id, subject, Rejection.SignaturesInsufficient);

    /// <summary>Checks that an account may give or receive.</summary>
    public void RequireNotFrozen(Account account, string subject)
    {
        if (account.Frozen)
        {
            Reject(
                Rejection.AccountFrozen,
                subject,
                "Ask the custodian to unfreeze the account.",
                new RejectionInput("account", account.Id.ToString()),
                new RejectionInput("custodian", account.Custodian.ToString()));
        }
    }

    /// <summary>Rejects an issuance account: only issuing and retiring may move its units.</summary>
    public void RejectIssuanceAccount(Account account, string subject) => Reject(
        Rejection.IssuanceAccountReserved,
        subject,
        "Use issue or retire.",
        new RejectionInput("account", account.Id.ToString()),
        new RejectionInput("asset", account.Issues.ToString()));

    /// <summary>Checks the length of a text.</summary>
    public void RequireText(string text, string subject, bool mayBeEmpty)
    {
        var bytes = System.Text.Encoding.UTF8.GetByteCount(text);
        if (bytes > LedgerLimits.TextBytesMax || (bytes == 0 && !mayBeEmpty))
        {
            Reject(
                Rejection.TextInvalid,
                subject,
                "Shorten the text to 140 UTF-8 bytes; a reason may not be empty.",
                new RejectionInput("bytes", Text(bytes)));
        }
    }

    /// <summary>Checks the form of an authority.</summary>
    public void RequireUsable(Authority authority, string subject)
    {
        var keys = authority.Keys;
        var distinct = new SortedSet<PublicKey>(keys).Count == keys.Count;
        if (keys.Count == 0
            || !distinct
            || authority.Threshold == 0
            || authority.Threshold > (uint)keys.Count
            || !keys.All(key => P256.IsValidPublicKey(key.ToArray())))
        {
            Reject(
                Rejection.AuthorityInvalid,
                subject,
                "Give 1 to 16 different points of the curve and a threshold from 1 to their number.",
                new RejectionInput("threshold", Text(authority.Threshold)),
                new RejectionInput("keys", Text((ulong)keys.Count)));
        }
    }

    internal static string Text(ulong value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static string Text(Int128 value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // The id is written as text only for a rejection: nearly every transaction is signed, and bech32m takes time.
    private void RequireSigned<TId>(Authority authority, TId id, string subject, Rejection missing)
        where TId : struct
    {
        var signed = authority.CountSigned(Signers);
        if (signed >= authority.Threshold)
        {
            _anySigned = true;
        }
        else
        {
            _anyMissing = true;
            Reject(
                missing,
                subject,
                $"Add {authority.Threshold - signed} more signature(s) by keys of this authority.",
                new RejectionInput(id is MemberId ? "member" : "account", id.ToString()!),
                new RejectionInput("needed", Text(authority.Threshold)),
                new RejectionInput("signed", Text(signed)));
        }
    }
}
