using System.Globalization;
using Consortium.Api;
using Consortium.Client;
using Consortium.Client.Amounts;
using Consortium.Client.Keys;
using Consortium.Client.Transactions;
using Consortium.Client.Verification;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Gateway.Demo;

/// <summary>The steps of the first scenario, played through the public HTTP API as any institution would: one line a step.</summary>
/// <param name="client">Speaks to the gateway.</param>
/// <param name="keysPath">The folder of the members' keys.</param>
/// <param name="output">Receives one line for each step.</param>
/// <param name="timeProvider">The clock that validity counts from.</param>
internal sealed class DemoSteps(ConsortiumClient client, string keysPath, TextWriter output, TimeProvider timeProvider)
{
    private static readonly RetryOptions Retry = new();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private TransactionBuilder _builder = null!;
    private int _step;

    /// <summary>Whether the scenario was begun in this ledger before.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>Whether the first member has its account.</returns>
    public async Task<bool> IsPlayedAsync(CancellationToken cancellationToken)
    {
        var parties = ReadParties(await client.GetNetworkAsync(cancellationToken));
        try
        {
            await client.GetAccountAsync(parties[0].Account, cancellationToken);
            return true;
        }
        catch (RefusedException exception) when (exception.Refusal == Refusal.NotFound)
        {
            return false;
        }
    }

    /// <summary>Plays the scenario from an empty ledger.</summary>
    /// <param name="cancellationToken">Stops playing.</param>
    /// <returns>A task that completes at the end of the scenario.</returns>
    /// <exception cref="DemoException">A step did not have the result that it must have.</exception>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var network = await client.GetNetworkAsync(cancellationToken);
        Require(Digest.TryParseHex(network.NetworkId, out var networkId), "the network has an id");
        _builder = new TransactionBuilder(networkId, timeProvider);
        await TellAsync($"network '{network.Name}' {network.NetworkId[..16]}…: {network.Members.Count} members, each with an LEI that passes ISO 17442");
        var parties = ReadParties(network);
        var (bank, works, forests, harbor, pension) = (parties[0], parties[1], parties[2], parties[3], parties[4]);
        await OpenAsync(parties, cancellationToken);

        var euro = await RegisterAsync(bank, "Meridian settlement euro", Wire.AssetKind.Currency, 2, 100_000_000_00, "EUR", cancellationToken);
        var invoice = await RegisterAsync(works, "Alder invoice 2026-117", Wire.AssetKind.Receivable, 0, 1_000, string.Empty, cancellationToken);
        var forest = await RegisterAsync(forests, "Greenwood forest right 2026-2056", Wire.AssetKind.ForestRight, 0, 500, string.Empty, cancellationToken);
        var patent = await RegisterAsync(harbor, "Harbor turbine patent", Wire.AssetKind.Patent, 0, 20, string.Empty, cancellationToken);
        await IssueAsync(bank, euro, pension, 1_000_000_00, cancellationToken);
        await IssueAsync(bank, euro, works, 50_000_00, cancellationToken);
        await IssueAsync(works, invoice, works, 1_000, cancellationToken);
        await IssueAsync(forests, forest, forests, 500, cancellationToken);
        await IssueAsync(harbor, patent, harbor, 20, cancellationToken);

        var deal = await SettleAsync(euro, invoice, forest, patent, works, forests, harbor, pension, cancellationToken);
        await FailShortAsync(euro, invoice, forest, works, forests, pension, cancellationToken);
        await ShowBalancesAsync(parties, cancellationToken);
        await WaitUntilFinalAsync(deal, cancellationToken);
        await ShowBalanceSheetAsync(bank, cancellationToken);
        await ShowBalanceSheetAsync(pension, cancellationToken);
        await ProveAsync(networkId, pension, forest, cancellationToken);
    }

    /// <summary>Exports the whole chain and verifies it from the export alone.</summary>
    /// <param name="cancellationToken">Stops verifying.</param>
    /// <returns>A task that completes when the chain was verified.</returns>
    /// <exception cref="DemoException">The chain does not hold.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        await using var export = await client.ExportAsync(to: null, cancellationToken);
        var report = await ChainFile.VerifyAsync(export, new ChainVerificationOptions(), progress: null, cancellationToken);
        if (report.Fault is not null)
        {
            throw new DemoException($"the exported chain does not hold: {report.Fault}");
        }

        await TellAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"verified the whole chain from its export ({report.BytesRead:N0} bytes): {report.Height} blocks, {report.FinalHeight} of them final, {report.TransactionCount} transactions, {report.SignatureCount} signatures, all sums zero"));
    }

    private List<DemoParty> ReadParties(NetworkResponse network)
    {
        var found = DemoNetwork.Members
            .Select(member => network.Members.FirstOrDefault(candidate => candidate.Name == member.Name) ?? throw new DemoException(
                $"network '{network.Name}' has no member '{member.Name}', so it is not the demonstration's; start with an empty folder, --data DIR, to see the demonstration"))
            .ToList();
        var password = File.ReadAllText(Path.Combine(keysPath, KeyPassword.FileName)).Trim();
        return [.. found
            .AsParallel()
            .AsOrdered()
            .Select(member =>
            {
                Require(MemberId.TryParse(member.Id, out var id), "a member has an id");
                return new DemoParty(member.Name, id, KeyFile.Load(Path.Combine(keysPath, member.Name + ".pem"), password));
            })];
    }

    private async Task OpenAsync(List<DemoParty> parties, CancellationToken cancellationToken)
    {
        foreach (var party in parties)
        {
            await AcceptAsync(party.OpenAccount, [party], FinalityLevel.Ordered, cancellationToken);
        }

        await TellAsync($"opened an account for each member, for example {parties[0].Account} of {parties[0].Name}");
    }

    private async Task<Asset> RegisterAsync(
        DemoParty issuer,
        string name,
        Wire.AssetKind kind,
        uint decimals,
        ulong authorised,
        string currency,
        CancellationToken cancellationToken)
    {
        var body = new RegisterAsset(new AssetDefinition(
            issuer.Account, name, kind, decimals, new Amount(authorised), string.Empty, currency, default, Wire.FinalityLevel.Unspecified));
        await AcceptAsync(body, [issuer], FinalityLevel.Ordered, cancellationToken);
        var code = currency.Length > 0 ? $" (ISO 4217 {currency}, {decimals} minor units)" : string.Empty;
        await TellAsync($"{issuer.Name} registered '{name}'{code} as {body.AssetId}");
        return new Asset(body.AssetId, body.Definition);
    }

    private async Task IssueAsync(DemoParty issuer, Asset asset, DemoParty to, ulong units, CancellationToken cancellationToken)
    {
        await AcceptAsync(new Issue(asset.Id, to.Account, new Amount(units)), [issuer], FinalityLevel.Ordered, cancellationToken);
        await TellAsync($"{issuer.Name} issued {Show(asset, units)} to {to.Name}");
    }

    private async Task<ReceiptResponse> SettleAsync(
        Asset euro,
        Asset invoice,
        Asset forest,
        Asset patent,
        DemoParty works,
        DemoParty forests,
        DemoParty harbor,
        DemoParty pension,
        CancellationToken cancellationToken)
    {
        var deal = new Deal(
            [
                .. Move(euro, pension, works, 400_000_00),
                .. Move(euro, pension, forests, 250_000_00),
                .. Move(euro, works, harbor, 150_000_00),
                .. Move(invoice, works, pension, 400),
                .. Move(forest, forests, pension, 100),
                .. Move(patent, harbor, works, 5),
            ],
            "0-hour contract: payment and delivery in one step");
        var receipt = await AcceptAsync(deal, [works, forests, harbor, pension], FinalityLevel.Ordered, cancellationToken);
        await TellAsync("one deal of four parties and four instruments settled at once: lakeside-pension paid 650,000.00 euro for 400 of the invoice and 100 of the forest right, alder-works passed 150,000.00 on for 5 of the patent");
        return receipt;
    }

    private async Task FailShortAsync(
        Asset euro,
        Asset invoice,
        Asset forest,
        DemoParty works,
        DemoParty forests,
        DemoParty pension,
        CancellationToken cancellationToken)
    {
        var deal = new Deal(
            [
                .. Move(euro, pension, forests, 100_000_00),
                .. Move(forest, forests, pension, 50),
                .. Move(invoice, works, pension, 700),
            ],
            "one leg is short");
        var receipt = await SubmitAsync(deal, [works, forests, pension], FinalityLevel.Ordered, cancellationToken);
        Require(receipt.Outcome == ReceiptOutcome.Rejected, "a deal with a short leg is rejected");
        var rejection = receipt.Rejections![0];
        Require(rejection.Name == nameof(Rejection.Insufficient), "the short leg is what is wrong");
        var balance = await client.GetBalancesAsync(pension.Account, at: null, cancellationToken);
        Require(
            balance.Balances.Any(line => line.Instrument == euro.Id.ToString() && line.Posted == "35000000"),
            "a rejected deal moves nothing");
        await TellAsync($"a second deal was rejected as a whole, because one leg is short: {rejection.Name} at {rejection.Subject}. {rejection.Remedy}");
    }

    private async Task ShowBalancesAsync(List<DemoParty> parties, CancellationToken cancellationToken)
    {
        foreach (var party in parties)
        {
            var balances = await client.GetBalancesAsync(party.Account, at: null, cancellationToken);
            var lines = balances.Balances.Where(line => line.Posted != "0").Select(line => $"{Show(line.Posted, line.Decimals)} {line.Name}");
            await TellAsync($"{party.Name} holds {string.Join(", ", lines.DefaultIfEmpty("nothing"))}");
        }
    }

    private async Task WaitUntilFinalAsync(ReceiptResponse deal, CancellationToken cancellationToken)
    {
        Require(TransactionId.TryParse(deal.TransactionId, out var id), "a receipt names its transaction");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var found = await client.GetTransactionAsync(id, patience.Token);
        while (found.Receipt.Finality != FinalityLevel.Final)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), timeProvider, patience.Token);
            found = await client.GetTransactionAsync(id, patience.Token);
        }

        var network = await client.GetNetworkAsync(cancellationToken);
        var block = await client.GetBlockAsync(found.Receipt.Height!.Value.ToString(CultureInfo.InvariantCulture), cancellationToken);
        var producer = network.Members.First(member => member.Id == block.Producer).Name;
        await TellAsync($"block {block.Height} with the deal, sealed by {producer} as {block.Hash[..16]}…, is final: {network.SealedHeight} blocks are sealed, {network.FinalHeight} final");
    }

    private async Task ShowBalanceSheetAsync(DemoParty party, CancellationToken cancellationToken)
    {
        var sheet = await client.GetBalanceSheetAsync(Derive.Party(party.Id), at: null, cancellationToken);
        await TellAsync($"balance sheet of {party.Name} at block {sheet.Height}: owns {Lines(sheet.Assets)}; owes {Lines(sheet.Liabilities)}");

        static string Lines(IEnumerable<BalanceSheetLine> lines) =>
            string.Join(", ", lines.Select(line => $"{Show(line.Amount, line.Decimals)} {line.Name}").DefaultIfEmpty("nothing"));
    }

    private async Task ProveAsync(Digest network, DemoParty party, Asset asset, CancellationToken cancellationToken)
    {
        var proof = await client.ProveHoldingAsync(party.Account, Instrument.Full(asset.Id), cancellationToken);
        var report = OfflineProofs.Check(Convert.FromBase64String(proof.Proof), network);
        Require(report.Value is Holding holding && holding.Posted == 100, "the proof proves the balance");
        await TellAsync($"checked offline, from a proof of {proof.Proof.Length * 3 / 4} bytes and the network's id alone: {party.Name} holds {((Holding)report.Value!).Posted} {asset.Definition.Name} at block {report.Header.Height}");
    }

    private static DealLeg[] Move(Asset asset, DemoParty from, DemoParty to, long units) =>
    [
        new DealLeg(from.Account, Instrument.Full(asset.Id), -units),
        new DealLeg(to.Account, Instrument.Full(asset.Id), units),
    ];

    private static string Show(Asset asset, ulong units) =>
        $"{Show(units.ToString(CultureInfo.InvariantCulture), asset.Definition.Decimals)} '{asset.Definition.Name}'";

    private static string Show(string units, uint? decimals) =>
        DisplayAmount.Format(Int128.Parse(units, CultureInfo.InvariantCulture), decimals ?? 0);

    private async Task<ReceiptResponse> AcceptAsync(
        TransactionBody body,
        DemoParty[] signers,
        FinalityLevel wait,
        CancellationToken cancellationToken)
    {
        var receipt = await SubmitAsync(body, signers, wait, cancellationToken);
        return receipt.Outcome == ReceiptOutcome.Accepted
            ? receipt
            : throw new DemoException($"{body.Kind} was rejected: {string.Join("; ", receipt.Rejections!.Select(rejection => $"{rejection.Name}: {rejection.Remedy}"))}");
    }

    private Task<ReceiptResponse> SubmitAsync(
        TransactionBody body,
        DemoParty[] signers,
        FinalityLevel wait,
        CancellationToken cancellationToken)
    {
        var signed = _builder.Build(body, TimeSpan.FromMinutes(10)).Sign([.. signers.Select(signer => signer.Key)]);
        return client.Submissions.SubmitAndWaitAsync(signed, wait, Patience, Retry, cancellationToken);
    }

    private Task TellAsync(string line) => output.WriteLineAsync($"{++_step,3}. {line}");

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new DemoException($"it does not hold that {what}");
        }
    }
}
