using Consortium.Client.Load;

namespace Consortium.Bench;

/// <summary>The silos and folders that rows measure on: made when the first row needs them, shared by later rows, deleted at the end.</summary>
/// <param name="scale">The number and length of measurements.</param>
internal sealed class BenchSetting(BenchScale scale) : IAsyncDisposable
{
    private const int Connections = 16;
    private const int BatchSize = 64;

    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-bench-").FullName;
    private SiloUnderLoad? _silo;
    private LedgerBench? _small;

    /// <summary>The number and length of measurements.</summary>
    public BenchScale Scale { get; } = scale;

    /// <summary>The measured cost of a P-256 check on the machine at hand.</summary>
    public RawChecks Raw { get; } = new();

    /// <summary>Measures raw checks for one slice.</summary>
    public Task<RawCheck> RawAsync() => Raw.MeasureAsync(Scale.FloorSlice);

    /// <summary>A folder that nothing else uses.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>One running silo in a process of its own.</summary>
    public async Task<SiloUnderLoad> SiloAsync() => _silo ??= await SiloUnderLoad.StartAsync(NewFolder());

    /// <summary>A ledger in this process with few holdings, running.</summary>
    public async Task<LedgerBench> SmallLedgerAsync() => _small ??= await NewLedgerAsync(Scale.SmallAccounts);

    /// <summary>A new ledger in this process, filled and warm.</summary>
    /// <param name="accounts">Accounts, each of which holds every one of ten assets.</param>
    public async Task<LedgerBench> NewLedgerAsync(int accounts)
    {
        var ledger = new LedgerBench(NewFolder());
        await ledger.StartAsync();
        await ledger.FillAsync(accounts, assets: 10);
        await ledger.DealAsync(Scale.SliceDeals);
        return ledger;
    }

    /// <summary>The options for a load of one slice on a silo.</summary>
    public LoadOptions Load(bool twoParty = false, int hotPercent = 0) => new()
    {
        Accounts = Scale.Accounts,
        Duration = Scale.Slice,
        Connections = Connections,
        BatchSize = BatchSize,
        TwoParty = twoParty,
        HotPercent = hotPercent,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _silo?.Dispose();
        if (_small is not null)
        {
            await _small.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
