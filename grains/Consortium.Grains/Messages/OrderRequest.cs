namespace Consortium.Grains.Messages;

/// <summary>Transactions to be ordered.</summary>
/// <param name="Transactions">Encoded signed transactions whose form and signatures the gateway has checked.</param>
[GenerateSerializer]
[Alias("consortium.order-request")]
[Immutable]
public sealed record OrderRequest([property: Id(0)] Blobs Transactions);
