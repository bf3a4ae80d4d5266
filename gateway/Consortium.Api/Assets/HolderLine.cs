namespace Consortium.Api;

/// <summary>One account's holding of an asset.</summary>
/// <param name="Account"><c>acc1…</c>.</param>
/// <param name="Balance">How much.</param>
public sealed record HolderLine(string Account, BalanceLine Balance);
