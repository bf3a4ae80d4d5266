using Consortium.Ledger;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;

namespace Consortium.Gateway.Submissions;

/// <summary>Decodes transactions and checks their signatures: the expensive part, done before anything is ordered.</summary>
internal sealed class SignatureChecker(P256VerifierCache verifiers)
{
    private const int ParallelFrom = 8;
    private int _checking;

    /// <summary>Checks transactions.</summary>
    /// <param name="signed">Encoded signed transactions.</param>
    /// <param name="network">The network's id.</param>
    /// <returns>For each transaction its decoded form, or the refusal.</returns>
    public (Transaction? Transaction, Refused? Refused)[] Check(IReadOnlyList<ReadOnlyMemory<byte>> signed, Digest network)
    {
        var results = new (Transaction? Transaction, Refused? Refused)[signed.Count];

        // A request that is alone spreads over the cores; when many are in hand the cores are busy with them already.
        var alone = Interlocked.Increment(ref _checking) == 1;
        try
        {
            if (alone && signed.Count > ParallelFrom)
            {
                Parallel.For(0, signed.Count, index => results[index] = Check(signed[index], network));
            }
            else
            {
                for (var i = 0; i < results.Length; i++)
                {
                    results[i] = Check(signed[i], network);
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _checking);
        }

        return results;
    }

    private (Transaction? Transaction, Refused? Refused) Check(ReadOnlyMemory<byte> signed, Digest network)
    {
        var refused = TransactionCodec.TryCheck(signed, network, verifiers, out var transaction);
        return (transaction, refused);
    }
}
