using System.Globalization;
using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;

namespace Consortium.Gateway.Access;

/// <summary>Decides which callers may read.</summary>
internal sealed class ReaderCheck(
    GatewayOptions options,
    Callers callers,
    P256VerifierCache verifiers,
    TimeProvider timeProvider)
{
    /// <summary>Most milliseconds between a signature's time and the gateway's clock.</summary>
    public const ulong ToleranceMs = 60_000;

    /// <summary>Refuses an unknown caller before the gateway waits on its behalf; the reading itself is decided later.</summary>
    /// <exception cref="RefusalException">The caller is not known.</exception>
    public void RequireKnown(Credentials credentials, ILedgerNode node) => Identify(credentials, node);

    /// <summary>Admits members and holders of a token, who may read anything.</summary>
    /// <exception cref="RefusalException">The caller is not known, or may not.</exception>
    public void RequireReader(Credentials credentials, ILedgerNode node)
    {
        if (Identify(credentials, node) is { } key)
        {
            throw NotAllowed(key);
        }
    }

    /// <summary>Admits, besides, the keys of an account's authority, which may read that account.</summary>
    /// <exception cref="RefusalException">The caller is not known, or may not.</exception>
    public async Task RequireReaderAsync(Credentials credentials, ILedgerNode node, AccountId account, CancellationToken cancellationToken)
    {
        if (Identify(credentials, node) is { } key
            && (await node.ReadAsync(StateKey.Account(account), cancellationToken) is not Account found || !found.Authority.Keys.Contains(key)))
        {
            throw NotAllowed(key);
        }
    }

    /// <summary>Admits, besides, the keys that signed a transaction, which may read that transaction.</summary>
    /// <exception cref="RefusalException">The caller is not known, or may not.</exception>
    public void RequireReader(Credentials credentials, ILedgerNode node, IReadOnlyList<PublicKey> signers)
    {
        if (Identify(credentials, node) is { } key && !signers.Contains(key))
        {
            throw NotAllowed(key);
        }
    }

    /// <summary>Identifies the caller: <see langword="null"/> for one who may read anything, else the key that signed the request.</summary>
    private PublicKey? Identify(Credentials credentials, ILedgerNode node)
    {
        if (!options.IsAuthOn || callers.FindToken(credentials) is not null)
        {
            return null;
        }

        if (credentials.Signature.Length == 0)
        {
            throw new RefusalException(
                Refusal.Unauthenticated,
                credentials.Authorization.Length > 0 ? "The token is not known here." : "The request carries neither a token nor a signature.");
        }

        var key = CheckSignature(credentials);
        return node.Genesis.Members.Any(member => member.Authority.Keys.Contains(key)) ? null : key;
    }

    private PublicKey CheckSignature(Credentials credentials)
    {
        if (!RequestSignature.TryParse(credentials.Signature, out var signature) || signature is null)
        {
            throw new RefusalException(
                Refusal.Unauthenticated,
                $"{RequestSignature.Header} must read key=<128 hexadecimal digits>, time=<UTC milliseconds>, signature=<base64>.");
        }

        var now = (ulong)timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var distance = now > signature.TimeMs ? now - signature.TimeMs : signature.TimeMs - now;
        if (distance > ToleranceMs)
        {
            throw new RefusalException(
                Refusal.Unauthenticated,
                string.Create(CultureInfo.InvariantCulture, $"The signature's time is {distance} ms from the gateway's; {ToleranceMs} is the most."));
        }

        var message = RequestSignature.Message(credentials.Method, credentials.Target, signature.TimeMs);
        return verifiers.Verify(signature.Key.ToArray(), message, signature.Value.Span)
            ? signature.Key
            : throw new RefusalException(Refusal.Unauthenticated, "The signature does not match method, path with query, and time.");
    }

    private static RefusalException NotAllowed(PublicKey key) => new(
        Refusal.Forbidden,
        $"Key {key.ToString()[..16]}… is neither a member's nor of what is asked for.");
}
