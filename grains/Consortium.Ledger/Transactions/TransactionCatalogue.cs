namespace Consortium.Ledger.Transactions;

/// <summary>All kinds of transaction; a new kind appends a line here.</summary>
public static class TransactionCatalogue
{
    /// <summary>The rules of every kind, by number.</summary>
    public static IReadOnlyList<KindRules> All { get; } =
    [
        new OpenAccountRules(),
        new RotateKeysRules(),
        new RegisterAssetRules(),
        new IssueRules(),
        new RetireRules(),
        new DealRules(),
        new PledgeRules(),
        new ReleaseRules(),
        new SetFreezeRules(),
    ];

    // After All, because static members are made in the order they stand.
    private static readonly KindRules[] ByKind = Index();

    /// <summary>Finds the rules of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its rules, or <see langword="null"/> for a number that is no kind.</returns>
    public static KindRules? Find(TransactionKind kind) =>
        (int)kind >= 0 && (int)kind < ByKind.Length ? ByKind[(int)kind] : null;

    internal static KindRules Rules(TransactionKind kind)
    {
        var rules = Find(kind);
        Invariant.Holds(rules is not null);
        return rules;
    }

    private static KindRules[] Index()
    {
        var index = new KindRules[(int)All.Max(rules => rules.Kind) + 1];
        foreach (var rules in All)
        {
            index[(int)rules.Kind] = rules;
        }

        return index;
    }
}
