using System.Security.Cryptography;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Consortium.Ledger.Verification;

namespace Consortium.Tests.Node;

public sealed class RoleHarnessTests
{
    [Fact]
    public async Task A_deal_is_ordered_sealed_final_proved_and_survives_verification()
    {
        await using var fixture = await NodeFixture.StartAsync();
        using var alice = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bob = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (a, b) = (await fixture.OpenAsync(alice), await fixture.OpenAsync(bob));
        var money = await fixture.RegisterAsync(a, alice, "money");
        var thing = await fixture.RegisterAsync(b, bob, "thing");
        Assert.Empty(await fixture.SubmitAsync(fixture.Sign(new Issue(money, a, new Amount(1_000)), alice)));
        Assert.Empty(await fixture.SubmitAsync(fixture.Sign(new Issue(thing, b, new Amount(10)), bob)));
        var deal = fixture.Sign(
            new Deal(
                [
                    new DealLeg(a, Instrument.Full(money), -300),
                    new DealLeg(b, Instrument.Full(money), 300),
                    new DealLeg(b, Instrument.Full(thing), -4),
                    new DealLeg(a, Instrument.Full(thing), 4),
                ],
                "payment against delivery"),
            alice,
            bob);
        Assert.Empty(await fixture.SubmitAsync(deal));
        var result = Assert.Single(await fixture.Node.SubmitAsync([deal]));
        Assert.True(result.Duplicate);

        var head = await fixture.Node.Progress.WaitAsync(
            now => now.FinalPosition >= result.Position,
            new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        Assert.True(head.FinalHeight < head.SealedHeight);

        var holding = await fixture.Node.ReadAsync(StateKey.Holding(b, Instrument.Full(money)), default);
        Assert.Equal(300, ((Holding)holding!).Posted);

        var holdingProof = await fixture.Node.ProveStateAsync(StateKey.Holding(b, Instrument.Full(money)), default);
        Assert.Null(ProofVerifier.Check(holdingProof, fixture.Genesis.Network, out var report));
        Assert.Equal(holding.Encode(), report!.Value!.Encode());
        var proof = await fixture.Node.ProveTransactionAsync(deal.Id, default);
        Assert.Null(ProofVerifier.Check(proof, fixture.Genesis.Network, out report));
        Assert.Equal(deal.Id, report!.Transaction);

        using var export = new MemoryStream();
        await fixture.Node.ExportAsync(export, head.SealedHeight, default);
        Assert.Null(Verify(export.ToArray(), out var verifier));
        Assert.Equal(head.SealedHeight, verifier.Height);
        Assert.Equal(7, verifier.TransactionCount);
    }

    [Fact]
    public async Task A_restart_finds_everything_that_was_acknowledged()
    {
        await using var fixture = await NodeFixture.StartAsync();
        using var alice = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var account = await fixture.OpenAsync(alice);
        var asset = await fixture.RegisterAsync(account, alice, "money");
        var issue = fixture.Sign(new Issue(asset, account, new Amount(500)), alice);
        Assert.Empty(await fixture.SubmitAsync(issue));
        await fixture.RestartAsync();
        var holding = await fixture.Node.ReadAsync(StateKey.Holding(account, Instrument.Full(asset)), default);
        Assert.Equal(500, ((Holding)holding!).Posted);
        Assert.NotNull(await fixture.Node.FindTransactionAsync(issue.Id, default));
        Assert.True(Assert.Single(await fixture.Node.SubmitAsync([issue])).Duplicate);
    }

    internal static ChainFault? Verify(byte[] export, out ChainVerifier verifier)
    {
        var signatures = new P256VerifierCache();
        verifier = new ChainVerifier(signatures);
        var rest = export.AsMemory(ExportFormat.Magic.Length);
        while (true)
        {
            Assert.True(ExportFormat.TryReadHead(rest.Span, out var kind, out var length));
            var bytes = rest.Slice(ExportFormat.RecordHeadSize, length);
            rest = rest[(ExportFormat.RecordHeadSize + length)..];
            var fault = kind switch
            {
                ExportRecordKind.Genesis => verifier.AddGenesis(bytes),
                ExportRecordKind.Batch => verifier.AddBatch(CheckedBatch.Check(bytes, verifier.Network, signatures)),
                ExportRecordKind.Seal => verifier.AddSeal(bytes),
                ExportRecordKind.End => verifier.Finish(),
            };
            if (fault is not null || kind == ExportRecordKind.End)
            {
                return fault;
            }
        }
    }
}
