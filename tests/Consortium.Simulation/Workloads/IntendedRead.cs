using Consortium.Ledger.Ids;

namespace Consortium.Simulation.Workloads;

/// <summary>A read that a client will make.</summary>
/// <param name="Account">The account; some were never opened.</param>
/// <param name="Height">A sealed height to read at, or <see langword="null"/> for the present.</param>
internal readonly record struct IntendedRead(AccountId Account, ulong? Height);
