using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Members;

namespace Consortium.Ledger.State;

/// <summary>One value of the ledger's state; never changed, only replaced.</summary>
public abstract record StateValue
{
    private protected StateValue()
    {
    }

    /// <summary>Reads canonical bytes.</summary>
    /// <param name="kind">The kind of the value's key.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The value, or <see langword="null"/> when the bytes are not canonical.</returns>
    public static StateValue? Decode(StateKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        StateKind.Member => Member.Decode(bytes),
        StateKind.Asset => Asset.Decode(bytes),
        StateKind.Account => Account.Decode(bytes),
        StateKind.Holding => Holding.Decode(bytes),
    };

    /// <summary>Writes the one binary form that is hashed, proved and kept (SPEC.md section 4).</summary>
    /// <returns>Canonical bytes.</returns>
    public abstract byte[] Encode();
}
