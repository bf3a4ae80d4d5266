using System.Globalization;
using System.Security.Cryptography;
using Consortium.Api;
using Consortium.Client.Keys;
using Consortium.Client.Transactions;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using LedgerWire = Consortium.Ledger.Wire;

namespace Consortium.Client.Load;

/// <summary>Opens accounts, registers assets and issues to every account what it will give.</summary>
internal sealed class LoadSetup(
    ConsortiumClient client,
    TimeProvider timeProvider,
    LoadOptions options,
    LoadCustodian custodian)
{
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private TransactionBuilder _builder = new(default, timeProvider);
    private TimeSpan _validFor;
    private int _requestTransactionsMax = 1;

    public async Task<LoadLedger> RunAsync(LoadPlan plan, long transactions, CancellationToken cancellationToken)
    {
        await ReadNetworkAsync(cancellationToken);
        using var issuerKey = SigningKey.Generate();
        var issuer = Open(issuerKey, "issuer");
        await SubmitAsync([Sign(issuer, custodian.Keys)], cancellationToken);

        var keys = new SigningKey[options.Accounts];
        Parallel.For(0, keys.Length, i => keys[i] = SigningKey.Generate());
        var accounts = new List<LoadAccount>(keys.Length);
        var opening = new List<ReadOnlyMemory<byte>>(keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            var body = Open(keys[i], i.ToString(CultureInfo.InvariantCulture));
            accounts.Add(new LoadAccount(body.AccountId, keys[i]));
            opening.Add(Sign(body, custodian.Keys));
        }

        await SubmitAsync(opening, cancellationToken);
        var (pays, delivers) = plan.Needs(transactions);
        var cash = await IssueAsync("cash", LedgerWire.AssetKind.Currency, issuer.AccountId, issuerKey, accounts, pays, cancellationToken);
        var thing = options.TwoParty
            ? await IssueAsync("thing", LedgerWire.AssetKind.Other, issuer.AccountId, issuerKey, accounts, delivers, cancellationToken)
            : default;
        return new LoadLedger(_builder, _validFor, accounts, cash, thing);
    }

    private async Task ReadNetworkAsync(CancellationToken cancellationToken)
    {
        var network = await client.GetNetworkAsync(cancellationToken);
        if (!Digest.TryParseHex(network.NetworkId, out var id))
        {
            throw new ConsortiumException(
                "not_a_gateway",
                $"The gateway names the network '{network.NetworkId}', which is no network id.",
                "Check the gateway's address and version.");
        }

        // Some of the maximum is left for clocks that differ.
        _validFor = TimeSpan.FromMilliseconds(network.ValidityMaxMs - (network.ValidityMaxMs / 10));
        if (_validFor < options.Duration)
        {
            throw new ConsortiumException(
                "load_too_long",
                $"Transactions are signed before the load starts, and this network takes none that is valid for more than {network.ValidityMaxMs} ms.",
                "Choose fewer --seconds.");
        }

        _builder = new TransactionBuilder(id, timeProvider);
        _requestTransactionsMax = Math.Min(500, network.Limits.TransactionsPerRequestMax);
    }

    private OpenAccount Open(SigningKey key, string name) => new(
        custodian.Member,
        Derive.Party(custodian.Member, $"load {_run} {name}"),
        Authority.Single(key.PublicKey),
        ConsentRequired: false,
        Salt: string.Empty);

    private ReadOnlyMemory<byte> Sign(TransactionBody body, params IReadOnlyList<SigningKey> keys) =>
        _builder.Build(body, _validFor).Sign(keys);

    private async Task<AssetId> IssueAsync(
        string name,
        LedgerWire.AssetKind kind,
        AccountId issuer,
        SigningKey issuerKey,
        List<LoadAccount> accounts,
        long[] needs,
        CancellationToken cancellationToken)
    {
        var register = new RegisterAsset(new AssetDefinition(
            issuer,
            $"load {_run} {name}",
            kind,
            Decimals: 0,
            new Amount((UInt128)Math.Max(1, needs.Sum())),
            Isin: string.Empty,
            Currency: string.Empty,
            TermsHash: default,
            LedgerWire.FinalityLevel.Unspecified));
        await SubmitAsync([Sign(register, issuerKey)], cancellationToken);
        var issuing = new List<ReadOnlyMemory<byte>>();
        for (var i = 0; i < needs.Length; i++)
        {
            if (needs[i] > 0)
            {
                issuing.Add(Sign(new Issue(register.AssetId, accounts[i].Id, new Amount((UInt128)needs[i])), issuerKey));
            }
        }

        await SubmitAsync(issuing, cancellationToken);
        return register.AssetId;
    }

    private async Task SubmitAsync(IReadOnlyList<ReadOnlyMemory<byte>> transactions, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Connections, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(transactions.Chunk(_requestTransactionsMax), parallel, async (chunk, token) =>
        {
            var receipts = await client.Submissions.SubmitAsync(chunk, new RetryOptions { AttemptsMax = 100 }, token);
            if (receipts.FirstOrDefault(receipt => receipt.Outcome != ReceiptOutcome.Accepted) is { } no)
            {
                var why = no.Refusal?.Detail ?? string.Join("; ", (no.Rejections ?? []).Select(rejection => rejection.Name));
                throw new ConsortiumException(
                    "load_not_set_up",
                    $"A transaction that prepares the load was not accepted: {why}",
                    "Check that the keys are those of a member of this network.");
            }
        });
    }
}
