using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Simulation.Workloads;

/// <summary>A transaction that a client sends, with the outcome that it expects. A repeated transaction is the same instance.</summary>
internal sealed class IntendedTransaction
{
    public required IWorkload Workload { get; init; }

    /// <summary>A name for the special case, for counts: <c>"overspend"</c>, <c>"one signature missing"</c>.</summary>
    public required string What { get; init; }

    /// <summary>SHA-256 of the payload. Bytes that nobody can read have the id of the transaction that they were made of.</summary>
    public required TransactionId Id { get; init; }

    public required byte[] Payload { get; init; }

    public required byte[] SignedBytes { get; init; }

    public required ulong ValidUntilMs { get; init; }

    public required TransactionBody Body { get; init; }

    /// <summary>Places in the pool of the keys that signed.</summary>
    public required int[] Signers { get; init; }

    public required Expectation Expectation { get; set; }

    /// <summary>The transaction that this is a damaged copy of; they have one id.</summary>
    public IntendedTransaction? CopyOf { get; init; }

    public TransactionKind Kind => Body.Kind;

    public int TimesSent { get; set; }

    public Belief Belief { get; set; }

    /// <summary>Whether the units that the transaction gives are reserved in the model.</summary>
    public bool Reserved { get; set; }

    /// <summary>The account that the transaction opens.</summary>
    public ClientAccount? Opens { get; set; }

    /// <summary>The asset that the transaction registers.</summary>
    public ClientAsset? Registers { get; set; }

    /// <summary>Places in the pool of the keys that it gives an account.</summary>
    public int[]? NewKeys { get; set; }

    /// <summary>The pledge that the transaction makes, uses up or releases.</summary>
    public ClientPledge? Pledge { get; set; }

    /// <summary>Whether the pledge was removed from the model when the transaction was sent.</summary>
    public bool TookPledge { get; set; }
}
