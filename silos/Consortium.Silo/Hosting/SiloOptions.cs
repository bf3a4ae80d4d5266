using System.Net;
using Consortium.Gateway.Hosting;

namespace Consortium.Silo.Hosting;

/// <summary>Settings of a silo; <see cref="SiloSettings"/> lists them with units and ranges.</summary>
internal sealed record SiloOptions
{
    /// <summary>The gateway's settings.</summary>
    public GatewayOptions Gateway { get; init; } = new();

    /// <summary>The member that runs this silo: name, LEI or id; <see langword="null"/> for every member whose producer key it has.</summary>
    public string? Member { get; init; }

    /// <summary>Whether this process is a silo, or only a gateway that reaches silos.</summary>
    public SiloHostKind Host { get; init; } = SiloHostKind.Silo;

    /// <summary>The address that other silos and gateways reach this silo at.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Name of this silo in the membership table, or <see langword="null"/> for one that is made at each start.</summary>
    public string? SiloName { get; init; }

    /// <summary>Port for other silos.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>Port for gateways that are no silos.</summary>
    public int ClientPort { get; init; } = 30_000;

    /// <summary>The folder of the ledger, which all silos of one machine share; <see langword="null"/> for <see cref="LedgerFolder"/>'s default or another storage.</summary>
    public string? StorageFolder { get; init; }

    /// <summary>Connection string of an Azure storage account.</summary>
    public string? StorageConnection { get; init; }

    /// <summary>Blob service of an Azure storage account that the process's identity may use.</summary>
    public Uri? StorageAccount { get; init; }

    /// <summary>Connection string of a PostgreSQL database that keeps membership.</summary>
    public string? MembershipPostgres { get; init; }

    /// <summary>PEM file with this silo's member certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file with the certificate's key.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Whether the demonstration's network is made when there is none; <c>--demo</c> implies it.</summary>
    public bool DemoNetwork { get; init; }

    /// <summary>Longest time to finish what is in hand, seconds.</summary>
    public int DrainSeconds { get; init; } = 20;

    /// <summary>Transactions after which a snapshot is taken.</summary>
    public int SnapshotTransactions { get; init; } = 20_000;

    /// <summary>The folder that the ledger is kept in, or <see langword="null"/> when a storage account keeps it.</summary>
    /// <value>Default <c>storage</c> in the data folder.</value>
    public string? LedgerFolder =>
        StorageFolder ?? (StorageConnection is null && StorageAccount is null ? Path.Combine(Gateway.Data, "storage") : null);

    /// <summary>Whether other machines can reach this silo.</summary>
    public bool IsReachable => !IPAddress.IsLoopback(Address);
}
