using System.Threading.Channels;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;

namespace Consortium.Gateway.Submissions;

/// <summary>Imports the keys of accounts that were just opened, or whose keys were just rotated, beside the work for callers.</summary>
/// <remarks>Importing a key costs several times what a check with it does. An account's first transaction would otherwise wait for that.</remarks>
internal sealed class KeyImport(P256VerifierCache verifiers) : BackgroundService
{
    // More than the cache takes in before it forgets is not worth importing: what does not fit is imported at its first use.
    private readonly Channel<PublicKey> _keys = Channel.CreateBounded<PublicKey>(
        new BoundedChannelOptions(P256VerifierCache.DefaultCapacity / 4) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Notes a transaction that the ledger has accepted. Safe for use by any number of threads.</summary>
    /// <param name="body">The transaction's body; one that names no keys changes nothing.</param>
    public void Note(TransactionBody body)
    {
        var authority = body switch
        {
            OpenAccount open => open.Authority,
            RotateKeys rotate => rotate.Authority,
            _ => null,
        };
        foreach (var key in authority?.Keys ?? [])
        {
            _keys.Writer.TryWrite(key);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var key in _keys.Reader.ReadAllAsync(stoppingToken))
            {
                verifiers.Import(key.ToArray());
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }
}
