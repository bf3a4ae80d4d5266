namespace Consortium.Ledger.State;

/// <summary>The part of the state that a shard holds. Numbers are permanent: they order shards under the state root (SPEC.md section 4).</summary>
public enum ShardClass
{
    /// <summary>Records that the members decide on together; at present the members themselves.</summary>
    Governance = 0,

    /// <summary>Registered assets.</summary>
    Asset = 1,

    /// <summary>Accounts and their holdings.</summary>
    Account = 2,
}
