using Consortium.Client.Keys;
using Consortium.Ledger.Ids;

namespace Consortium.Client.Load;

/// <summary>An account of a load, with the key that moves what it holds.</summary>
/// <param name="Id">The account.</param>
/// <param name="Key">Its key.</param>
internal sealed record LoadAccount(AccountId Id, SigningKey Key) : IDisposable
{
    public void Dispose() => Key.Dispose();
}
