namespace Consortium.Ledger.State;

/// <summary>What part of the state a shard has. Numbers are permanent: they order the shards under the state root (SPEC.md section 4).</summary>
public enum ShardClass
{
    /// <summary>What the members decide together: the members themselves.</summary>
    Governance = 0,

    /// <summary>Registered assets.</summary>
    Asset = 1,

    /// <summary>Accounts and their holdings.</summary>
    Account = 2,
}
