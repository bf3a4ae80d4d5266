namespace Consortium.Api;

/// <summary>An account that holds an asset, with one of its holdings.</summary>
/// <param name="Account"><c>acc1…</c>.</param>
/// <param name="Balance">The holding.</param>
public sealed record HolderLine(string Account, BalanceLine Balance)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static HolderLine FromWire(Wire.HolderLine wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new HolderLine(wire.Account, BalanceLine.FromWire(wire.Balance ?? new()));
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.HolderLine ToWire() => new()
    {
        Account = Account,
        Balance = Balance.ToWire(),
    };
}
