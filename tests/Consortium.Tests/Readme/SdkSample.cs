using Consortium.Api;
using Consortium.Client;
using Consortium.Client.Keys;
using Consortium.Client.Transactions;
using Consortium.Client.Verification;
using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Ledger.Verification;

namespace Consortium.Tests.Readme;

/// <summary>The SDK's sample in docs/integrator.md: its lines stand here, so that they are compiled and run.</summary>
internal static class SdkSample
{
    public static async Task<(ReceiptResponse Receipt, ProofReport Report)> PayAsync(
        Uri gateway,
        SigningKey key,
        AccountId from,
        AccountId to,
        AssetId asset,
        CancellationToken cancellationToken)
    {
        using var client = new ConsortiumClient(new HttpClient { BaseAddress = gateway }, TimeProvider.System);
        var network = await client.GetNetworkAsync(cancellationToken);
        if (!Digest.TryParseHex(network.NetworkId, out var networkId))
        {
            throw new InvalidOperationException("That is no gateway.");
        }

        var deal = new TransactionBuilder(networkId, TimeProvider.System).Build(
            new Deal([new DealLeg(from, Instrument.Full(asset), -100), new DealLeg(to, Instrument.Full(asset), 100)], "rent"),
            validFor: TimeSpan.FromMinutes(10));
        var receipt = await client.Submissions.SubmitAndWaitAsync(
            deal.Sign(key),
            FinalityLevel.Sealed,
            timeout: TimeSpan.FromMinutes(1),
            new RetryOptions(),
            cancellationToken);
        var proof = await client.ProveTransactionAsync(deal.Id, cancellationToken);
        var report = OfflineProofs.Check(Convert.FromBase64String(proof.Proof), networkId);
        return (receipt, report);
    }
}
