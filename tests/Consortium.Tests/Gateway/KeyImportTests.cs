using System.Security.Cryptography;
using Consortium.Api;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Consortium.Tests.Gateway;

/// <summary>Keys are ready before their first signature comes.</summary>
public sealed class KeyImportTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private P256VerifierCache Verifiers => gateway.Services.GetRequiredService<P256VerifierCache>();

    [Fact]
    public async Task The_key_of_an_account_that_was_opened_is_imported_before_it_signs_anything()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await OpenAsync(key);
        await UntilImportedAsync(key);
    }

    [Fact]
    public async Task A_key_that_took_the_place_of_another_is_imported_before_it_signs_anything()
    {
        using var first = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var account = await OpenAsync(first);
        var receipt = await gateway.SubmitAcceptedAsync(gateway.Sign(new RotateKeys(account, Authority.Single(GatewayFixture.PublicKeyOf(next))), first));
        Assert.Equal(ReceiptOutcome.Accepted, receipt.Outcome);
        await UntilImportedAsync(next);
    }

    [Fact]
    public async Task The_key_of_an_account_that_was_not_opened_is_not_imported()
    {
        using var rejected = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var later = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var response = await gateway.SubmitAsync(gateway.Sign(NewAccount(rejected), gateway.AliceKey).SignedBytes);
        Assert.Equal(Refusal.NotAuthorised, (Refusal)(await GatewayFixture.ReadProblemAsync(response)).Code);
        await OpenAsync(later);
        await UntilImportedAsync(later);
        Assert.False(Verifiers.Holds(P256.PublicKeyOf(rejected)));
    }

    private OpenAccount NewAccount(ECDsa key)
    {
        var member = gateway.Ledger.Member;
        return new OpenAccount(member, Derive.Party(member, "customer"), Authority.Single(GatewayFixture.PublicKeyOf(key)), ConsentRequired: false, Salt: string.Empty);
    }

    private async Task<AccountId> OpenAsync(ECDsa key)
    {
        var body = NewAccount(key);
        Assert.Equal(ReceiptOutcome.Accepted, (await gateway.SubmitAcceptedAsync(gateway.Sign(body, gateway.Ledger.MemberKey))).Outcome);
        return body.AccountId;
    }

    private async Task UntilImportedAsync(ECDsa key)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!Verifiers.Holds(P256.PublicKeyOf(key)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }
}
