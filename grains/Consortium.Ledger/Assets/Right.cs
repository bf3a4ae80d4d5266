namespace Consortium.Ledger.Assets;

/// <summary>The right in an asset that an instrument gives. Numbers are permanent.</summary>
public enum Right
{
    /// <summary>All rights together; has no interval.</summary>
    Full = 0,

    /// <summary>Ownership without use and income.</summary>
    Title = 1,

    /// <summary>Use over an interval.</summary>
    Use = 2,

    /// <summary>Income over an interval.</summary>
    Income = 3,
}
