using Consortium.Ledger.Ids;

namespace Consortium.Client.Load;

/// <summary>A request that is ready to be sent.</summary>
/// <param name="Body">An encoded submission.</param>
/// <param name="Ids">Its transactions, in order.</param>
internal sealed record LoadRequest(byte[] Body, TransactionId[] Ids);
