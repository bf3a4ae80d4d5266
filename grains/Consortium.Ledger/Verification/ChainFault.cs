namespace Consortium.Ledger.Verification;

/// <summary>The first place at which an exported chain breaks a rule.</summary>
/// <param name="Height">The block that is wrong, or that the wrong batch would belong to; 0 for genesis.</param>
/// <param name="Transaction">The transaction's id, or its place where it cannot be read; <see langword="null"/> when the fault is not in one.</param>
/// <param name="Rule">The rule that does not hold, in a few words.</param>
/// <param name="Detail">One sentence about the values that were found.</param>
public sealed record ChainFault(ulong Height, string? Transaction, string Rule, string Detail)
{
    /// <summary>One line with height, transaction, rule and detail, as <c>consortium verify</c> prints it.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Transaction is null
        ? $"block {Height}: {Rule}: {Detail}"
        : $"block {Height}, transaction {Transaction}: {Rule}: {Detail}";
}
