using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>What clients do with one kind of transaction. Holds nothing: what clients know is in the model.</summary>
internal interface IWorkload
{
    TransactionKind Kind { get; }

    /// <summary>Whether clients go on as if a transaction had happened whose answer was lost.</summary>
    bool AssumedWhenLost => true;

    /// <summary>Makes a transaction.</summary>
    /// <returns>The transaction, or <see langword="null"/> when the model has nothing to act on.</returns>
    IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random);

    /// <summary>Takes off the model what a transaction gives, so that the next one does not give it again.</summary>
    void Reserve(ClientModel model, IntendedTransaction transaction)
    {
    }

    /// <summary>Puts back what <see cref="Reserve"/> took.</summary>
    void Undo(ClientModel model, IntendedTransaction transaction)
    {
    }

    /// <summary>Believes that a transaction happened.</summary>
    void Apply(ClientModel model, IntendedTransaction transaction);

    /// <summary>Corrects the model by a rejection that was not expected.</summary>
    void Doubt(ClientModel model, IntendedTransaction transaction)
    {
    }
}
