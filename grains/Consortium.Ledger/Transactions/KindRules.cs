using Consortium.Ledger.Execution;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Transactions;

/// <summary>Everything the ledger knows of one kind of transaction: its wire form, what it reads, and its rules.</summary>
/// <remarks>
/// Rules are pure: state, transaction and batch time in; changes or rejections out. Each has one shape: checks, in the order
/// of SPEC.md; one line that stops when any failed; then the changes, which must succeed.
/// </remarks>
public abstract class KindRules
{
    private protected KindRules()
    {
    }

    /// <summary>The kind of transaction; its number is permanent.</summary>
    public abstract TransactionKind Kind { get; }

    /// <summary>The kind's name in JSON, on the command line and in SPEC.md, for example <c>open_account</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Reads the body, or returns <see langword="null"/> when the payload carries another kind.</summary>
    internal abstract TransactionBody? Read(Wire.Payload payload, WireForm form);

    /// <summary>Puts the body into a payload.</summary>
    internal abstract void Write(TransactionBody body, Wire.Payload payload);

    /// <summary>Names the state that the rules read, as far as the body alone tells.</summary>
    internal abstract void DeclareReads(TransactionBody body, ICollection<StateKey> reads);

    /// <summary>Applies the rules.</summary>
    internal abstract void Execute(TransactionBody body, RuleContext context);
}
