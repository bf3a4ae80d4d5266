namespace Consortium.Api;

/// <summary>Paths of the API.</summary>
public static class Routes
{
    /// <summary>POST: submit.</summary>
    public const string Transactions = "/v1/transactions";

    /// <summary>POST: build a payload from JSON.</summary>
    public const string Build = "/v1/transactions/build";

    /// <summary>GET: a transaction with its receipt.</summary>
    public const string Transaction = "/v1/transactions/{id}";

    /// <summary>POST: execute without keeping.</summary>
    public const string Simulate = "/v1/simulate";

    /// <summary>GET: the network.</summary>
    public const string Network = "/v1/network";

    /// <summary>GET: how the network's parts are.</summary>
    public const string Doctor = "/v1/doctor";

    /// <summary>GET: an account.</summary>
    public const string Account = "/v1/accounts/{id}";

    /// <summary>GET: the holdings of an account.</summary>
    public const string Balances = "/v1/accounts/{id}/balances";

    /// <summary>GET: how that came about, block by block.</summary>
    public const string Statement = "/v1/accounts/{id}/statement";

    /// <summary>GET: an asset.</summary>
    public const string Asset = "/v1/assets/{id}";

    /// <summary>GET: the accounts that hold an asset.</summary>
    public const string Holders = "/v1/assets/{id}/holders";

    /// <summary>GET: a block.</summary>
    public const string Block = "/v1/blocks/{height}";

    /// <summary>GET: the assets and liabilities of a party.</summary>
    public const string BalanceSheet = "/v1/parties/{id}/balance-sheet";

    /// <summary>GET: a proof of a holding or its absence.</summary>
    public const string HoldingProof = "/v1/proofs/accounts/{id}/holdings/{instrument}";

    /// <summary>GET: a proof of a transaction.</summary>
    public const string TransactionProof = "/v1/proofs/transactions/{id}";

    /// <summary>GET: the chain.</summary>
    public const string Export = "/v1/export";

    /// <summary>GET: server-sent events.</summary>
    public const string Events = "/v1/events";

    /// <summary>GET: the OpenAPI document.</summary>
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>GET: whether the process runs.</summary>
    public const string Live = "/health/live";

    /// <summary>GET: whether requests will be served.</summary>
    public const string Ready = "/health/ready";
}
