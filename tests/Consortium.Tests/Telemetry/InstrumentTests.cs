using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Consortium.Api;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Simulation.Memory;
using Consortium.Storage;
using Consortium.Storage.Indexing;
using Consortium.Tests.Gateway;
using Consortium.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using static Consortium.Tests.Storage.IndexData;

namespace Consortium.Tests.Telemetry;

/// <summary>Every instrument is known here, and measures something.</summary>
[Collection(ListeningTests.Name)]
public sealed class InstrumentTests : IDisposable
{
    private static readonly string[] All =
    [
        "consortium.activations {activation}",
        "consortium.batch.size {transaction}",
        "consortium.finality.lag s",
        "consortium.gateway.event_streams {stream}",
        "consortium.gateway.refused {transaction}",
        "consortium.gateway.submission.size {transaction}",
        "consortium.gather.misses {key}",
        "consortium.index.merged By",
        "consortium.journal.append.duration s",
        "consortium.journal.bytes By",
        "consortium.journal.conflicts {conflict}",
        "consortium.node.status {node}",
        "consortium.order.duration s",
        "consortium.queue.length {transaction}",
        "consortium.seal.duration s",
        "consortium.step.duration s",
        "consortium.transactions.ordered {transaction}",
        "consortium.transactions.refused {transaction}",
    ];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentBag<(double Value, string Tags)>> _measured = [];

    public InstrumentTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("Consortium.", StringComparison.Ordinal))
            {
                _measured.TryAdd(instrument, []);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_workload_records_every_instrument_once_and_each_has_unit_and_description()
    {
        _listener.Start();
        await using (var gateway = await RunAsync())
        {
            _listener.RecordObservableInstruments();
        }

        var names = _measured.Keys.Select(instrument => $"{instrument.Name} {instrument.Unit}").Distinct(StringComparer.Ordinal);
        Assert.Equal(All, names.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(_measured.Keys.GroupBy(instrument => instrument.Name, StringComparer.Ordinal), same =>
            Assert.True(same.DistinctBy(instrument => (instrument.Meter.Name, instrument.GetType())).Count() == 1, $"{same.Key} is made in two places"));
        Assert.All(_measured.Keys, instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
        Assert.All(All, name => Assert.True(
            _measured.Any(pair => name.StartsWith(pair.Key.Name + " ", StringComparison.Ordinal) && pair.Value.Any(one => one.Value > 0)),
            $"{name} was not recorded"));
    }

    [Fact]
    public async Task The_steps_of_ordering_are_those_described_and_the_queue_is_empty_afterwards()
    {
        _listener.Start();
        await using (var gateway = await RunAsync())
        {
            var steps = Measured("consortium.step.duration").Select(one => one.Tags).Distinct(StringComparer.Ordinal);
            Assert.Equal(["step=append", "step=cut", "step=execute", "step=gather", "step=scatter"], steps.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }

        Assert.Equal(0, Measured("consortium.queue.length").Sum(one => one.Value));
    }

    [Fact]
    public async Task A_node_has_one_status_at_a_time()
    {
        _listener.Start();
        await using var gateway = await GatewayFixture.StartAsync();
        foreach (var status in Enum.GetValues<Consortium.Gateway.Node.NodeStatus>())
        {
            _measured.Values.ToList().ForEach(bag => bag.Clear());
            gateway.Node.StatusGiven = status;
            _listener.RecordObservableInstruments();
            Assert.Equal(5, Measured("consortium.node.status").Count());
            Assert.Equal($"status={EnumText.Write(status)}", Assert.Single(Measured("consortium.node.status"), one => one.Value == 1).Tags);
        }
    }

    [Fact]
    public async Task Recovery_says_nothing_of_the_age_of_blocks_that_became_final_before()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=final");
        var ports = gateway.Ledger.Ports;
        await gateway.Ledger.Node.DisposeAsync();
        _listener.Start();
        gateway.Ledger.Ports = ports with { Miners = [] };
        await gateway.Ledger.RestartAsync();
        Assert.NotEmpty(Measured("consortium.activations"));
        Assert.Empty(Measured("consortium.finality.lag"));
    }

    private static async Task<GatewayFixture> RunAsync()
    {
        var gateway = await GatewayFixture.StartAsync();
        await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=final");
        using (await gateway.SubmitAsync(new byte[] { 1 }))
        {
            // Refused by the gateway.
        }

        // The signatures are good, but not those that the transaction needs, so the sequencer refuses it.
        var unauthorised = gateway.Sign(new Consortium.Ledger.Transactions.SetFreeze(gateway.Alice, true, "a test"), gateway.BobKey);
        using (await gateway.SubmitAsync(unauthorised.SignedBytes))
        {
            // Refused.
        }

        using (await gateway.Http.GetAsync(Routes.Events, HttpCompletionOption.ResponseHeadersRead))
        {
            // Opened and left.
        }

        await ConflictAsync();
        await MergeAsync();
        return gateway;
    }

    private static async Task ConflictAsync()
    {
        var journal = new MemoryJournal();
        await journal.AppendAsync(new JournalEntry(0, JournalEntryKind.Genesis, new byte[] { 1 }), default);
        var writer = new JournalWriter(journal, TimeSpan.FromMilliseconds(1), TimeProvider.System, NullLogger.Instance);
        await Assert.ThrowsAsync<JournalConflictException>(
            () => writer.TryAppendAsync(new JournalEntry(0, JournalEntryKind.Genesis, new byte[] { 2 }), default));
    }

    private static async Task MergeAsync()
    {
        using var temporary = new TemporaryFolder();
        using var folder = DataFolder.Open(temporary.Path);
        using var index = SqliteLedgerIndex.Open(folder, NullLogger<SqliteLedgerIndex>.Instance);
        for (ulong height = 1; height <= 20; height++)
        {
            await index.AddAsync([Simple(height, Holds(1, Full(1), (long)height))], default);
            index.StoreAndMerge();
        }
    }

    private IEnumerable<(double Value, string Tags)> Measured(string name) =>
        _measured.Where(pair => pair.Key.Name == name).SelectMany(pair => pair.Value);

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.GetOrAdd(instrument, _ => []).Add((value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
}
