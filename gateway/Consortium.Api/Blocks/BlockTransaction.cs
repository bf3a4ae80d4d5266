namespace Consortium.Api;

/// <summary>A transaction of a block.</summary>
/// <param name="Receipt">What became of it.</param>
/// <param name="Kind">For example <c>deal</c>.</param>
public sealed record BlockTransaction(ReceiptResponse Receipt, string Kind);
