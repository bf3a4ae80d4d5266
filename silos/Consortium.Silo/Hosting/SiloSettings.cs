using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Consortium.Gateway.Hosting;
using Npgsql;

namespace Consortium.Silo.Hosting;

/// <summary>All settings of a silo: those of the gateway in it, and those of its own.</summary>
internal static class SiloSettings
{
    /// <summary>Every setting, in the order in which --help lists them; the gateway's are last.</summary>
    public static IReadOnlyList<Setting<SiloOptions>> All { get; } =
    [
        Setting.Text<SiloOptions>("member", "The member whose silo this is.", "every member whose producer key is in the folder of --keys", "a member's name, LEI or id", (options, value) => options with { Member = value }),
        new("host", "What this process is.", "silo", "silo, or gateway for one that reaches silos as a client", IsFlag: false, Host),
        new("address", "Address at which other silos and gateways reach this silo; in Kubernetes the pod's.", "127.0.0.1", "an IP address", IsFlag: false, Address),
        Setting.Text<SiloOptions>("silo-name", "Name of this silo in the membership table; in Kubernetes the pod's.", "one made at each start", "a text", (options, value) => options with { SiloName = value }),
        Setting.Number<SiloOptions>("silo-port", "Port for other silos.", 11_111, 1, 65_535, (options, value) => options with { SiloPort = value }),
        Setting.Number<SiloOptions>("client-port", "Port for gateways that are no silos.", 30_000, 1, 65_535, (options, value) => options with { ClientPort = value }),
        Setting.Text<SiloOptions>("storage-folder", "Folder of the ledger, which all silos of one machine share.", "DATA/storage when no other storage is given", "a folder", (options, value) => options with { StorageFolder = value }),
        Setting.Text<SiloOptions>("storage-connection", "Connection string of an Azure storage account; better given in the environment.", "none", "a connection string", (options, value) => options with { StorageConnection = value }),
        new("storage-account", "Blob service of an Azure storage account that this process's identity may use.", "none", "an https:// URL", IsFlag: false, Account),
        Setting.Text<SiloOptions>("membership-postgres", "PostgreSQL that keeps membership instead of the storage; better given in the environment.", "none", "a connection string", (options, value) => options with { MembershipPostgres = value }),
        Setting.Text<SiloOptions>("certificate", "PEM file with this silo's member certificate.", "none: only for silos on loopback", "a file", (options, value) => options with { Certificate = value }),
        Setting.Text<SiloOptions>("certificate-key", "PEM file with the certificate's key.", "none", "a file", (options, value) => options with { CertificateKey = value }),
        Setting.Flag<SiloOptions>("demo-network", "Make the genesis and the keys of the demonstration's five members where --genesis and --keys say, if there are none; --demo does too.", (options, value) => options with { DemoNetwork = value }),
        Setting.Number<SiloOptions>("drain-seconds", "Longest time to finish what is in hand when asked to stop.", 20, 1, 600, (options, value) => options with { DrainSeconds = value }),
        Setting.Number<SiloOptions>("snapshot-transactions", "Transactions after which a snapshot is taken.", 20_000, 1_000, 10_000_000, (options, value) => options with { SnapshotTransactions = value }),
        .. GatewaySettings.All.Select(setting => setting.Within<SiloOptions>(options => options.Gateway, (options, gateway) => options with { Gateway = gateway })),
    ];

    /// <summary>Reads the settings.</summary>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public static string? TryRead(IReadOnlyList<string> args, IConfiguration configuration, out SiloOptions? options)
    {
        var fault = SettingsReader.TryRead(All, args, configuration, new SiloOptions(), out options)
            ?? Check(options!)
            ?? GatewaySettings.Check(options!.Gateway);
        options = fault is null ? options : null;
        return fault;
    }

    /// <summary>Describes the command line.</summary>
    /// <returns>Text of several lines.</returns>
    public static string Help() => SettingsReader.Help("Consortium.Silo: a member's silo of a consortium's network, with a gateway in it.", All);

    private static string? Check(SiloOptions options)
    {
        string?[] storages = [options.StorageFolder, options.StorageConnection, options.StorageAccount?.ToString()];
        var given = storages.Count(storage => storage is not null);
        if (given > 1)
        {
            return "Give one of --storage-folder, --storage-connection and --storage-account: a network keeps its ledger in one place.";
        }

        if (given == 0 && options.Host == SiloHostKind.Gateway)
        {
            return "Give --storage-folder, --storage-connection or --storage-account, as the silos have it: a gateway alone reads the ledger that they keep.";
        }

        if (options.StorageConnection is { } storage && !IsRead(() => (new BlobServiceClient(storage), new TableServiceClient(storage))))
        {
            return "--storage-connection is no connection string of a storage account with blobs and tables. Copy one from the account's access keys.";
        }

        if (options.MembershipPostgres is { } postgres && !IsRead(() => new NpgsqlConnectionStringBuilder(postgres)))
        {
            return "--membership-postgres is no connection string of PostgreSQL, such as 'Host=db;Username=silo;Password=...;Database=consortium'.";
        }

        if (options is { Host: SiloHostKind.Silo, Member: null, IsReachable: true })
        {
            return "Give --member: the member whose silo this is, by name, LEI or id. Only a silo that no other machine reaches may stand for several.";
        }

        if ((options.Certificate is null) != (options.CertificateKey is null))
        {
            return "Give --certificate and --certificate-key together.";
        }

        return options.Certificate is null && options.IsReachable
            ? "Silos that other machines can reach need --certificate and --certificate-key: 'consortium certificate issue' makes them."
            : null;
    }

    // A connection string is a secret, so messages do not repeat it.
    private static bool IsRead(Func<object> read)
    {
        try
        {
            _ = read();
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static SiloOptions? Host(SiloOptions options, string value) => value switch
    {
        "silo" => options with { Host = SiloHostKind.Silo },
        "gateway" => options with { Host = SiloHostKind.Gateway },
        _ => null,
    };

    private static SiloOptions? Address(SiloOptions options, string value) =>
        IPAddress.TryParse(value, out var address) ? options with { Address = address } : null;

    private static SiloOptions? Account(SiloOptions options, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? options with { StorageAccount = uri } : null;
}
