namespace Consortium.Api;

/// <summary>How far a transaction has come.</summary>
public enum FinalityLevel
{
    /// <summary>Durable and executed: it cannot be taken back.</summary>
    Ordered = 1,

    /// <summary>In a block with valid work.</summary>
    Sealed = 2,

    /// <summary>Buried under the network's finality work.</summary>
    Final = 3,
}
