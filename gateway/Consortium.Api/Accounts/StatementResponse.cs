namespace Consortium.Api;

/// <summary>The changes of an account's holdings, block by block.</summary>
/// <param name="Account"><c>acc1…</c>.</param>
/// <param name="From">The first block asked for.</param>
/// <param name="To">The last block that this page covers.</param>
/// <param name="Blocks">The blocks in which something changed.</param>
/// <param name="Next">Ask again with this as <c>from</c> for the rest; left out when there is none.</param>
public sealed record StatementResponse(
    string Account,
    ulong From,
    ulong To,
    IReadOnlyList<StatementBlock> Blocks,
    ulong? Next = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static StatementResponse FromWire(Wire.Statement wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new StatementResponse(
            wire.Account,
            wire.From,
            wire.To,
            [.. wire.Blocks.Select(StatementBlock.FromWire)],
            wire.HasNext ? wire.Next : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Statement ToWire()
    {
        var wire = new Wire.Statement
        {
            Account = Account,
            From = From,
            To = To,
            Blocks = { Blocks.Select(one => one.ToWire()) },
        };
        if (Next is { } next)
        {
            wire.Next = next;
        }

        return wire;
    }
}
