namespace Consortium.Grains.Messages;

/// <summary>Transactions to be ordered.</summary>
/// <param name="Transactions">Encoded signed transactions whose form and signatures the gateway has checked.</param>
/// <param name="Callers">W3C trace parents of those whose submissions were carried together; none when the call's own trace is theirs.</param>
[GenerateSerializer]
[Alias("consortium.order-request")]
[Immutable]
public sealed record OrderRequest([property: Id(0)] Blobs Transactions, [property: Id(1)] string[] Callers);
