using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Makes the clients' transactions of one kind. Has no state: the clients' knowledge is in the model.</summary>
internal interface IWorkload
{
    TransactionKind Kind { get; }

    /// <summary>Whether clients go on as if a transaction had happened whose answer was lost.</summary>
    bool AssumedWhenLost => true;

    /// <summary>Makes a transaction.</summary>
    /// <returns>The transaction, or <see langword="null"/> when the model has nothing to act on.</returns>
    IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random);

    /// <summary>Reserves the units that a transaction gives, so that the next one does not give them again.</summary>
    void Reserve(ClientModel model, IntendedTransaction transaction)
    {
    }

    /// <summary>Takes back the effect of <see cref="Reserve"/>.</summary>
    void Undo(ClientModel model, IntendedTransaction transaction)
    {
    }

    /// <summary>Changes the model as an accepted transaction changes the ledger.</summary>
    void Apply(ClientModel model, IntendedTransaction transaction);

    /// <summary>Corrects the model by a rejection that was not expected.</summary>
    void Doubt(ClientModel model, IntendedTransaction transaction)
    {
    }
}
