namespace Consortium.Api;

/// <summary>The levels that a transaction reaches one after the other.</summary>
public enum FinalityLevel
{
    /// <summary>Durable and executed: it cannot be taken back.</summary>
    Ordered = 1,

    /// <summary>In a block with valid work.</summary>
    Sealed = 2,

    /// <summary>Buried under the network's finality work.</summary>
    Final = 3,
}
