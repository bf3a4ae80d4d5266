using Consortium.Simulation.Checkers;
using Consortium.Simulation.Defects;
using Consortium.Simulation.Running;

namespace Consortium.Tests.Simulation;

public sealed class DefectTests
{
    private const ulong SeedsMax = 200;

    public static TheoryData<string> Defects => [.. DefectCatalogue.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_planted_defect_is_found_by_a_checker_that_should_find_it(string name)
    {
        var entry = DefectCatalogue.All.Single(entry => entry.Name == name);
        for (var seed = 1UL; seed <= SeedsMax; seed++)
        {
            // Shorter than the seed asks for: a defect that shows itself does so soon.
            var request = new SimulationRequest(seed) { Transactions = 400, Duration = TimeSpan.FromMinutes(3) };
            if (Consortium.Simulation.Running.Simulation.Run(request with { Defect = name }, null).Finding is { } finding
                && entry.Checkers.Contains(finding.Checker, StringComparer.Ordinal)
                && Consortium.Simulation.Running.Simulation.Run(request, null).Finding is null)
            {
                return;
            }
        }

        Assert.Fail($"None of the first {SeedsMax} seeds finds '{name}' by {string.Join(", ", entry.Checkers)} and passes without it.");
    }

    [Fact]
    public void The_catalogue_has_what_it_must_have()
    {
        var names = DefectCatalogue.All.Select(entry => entry.Name).ToList();
        string[] required =
        [
            "no-position-check", "ack-before-durable", "apply-twice", "skip-scatter", "forget-window", "snapshot-late",
            "header-above-target", "time-backwards", "stale-read", "lose-pledges", "reset-lots", "finality-by-blocks",
        ];

        Assert.Empty(required.Except(names, StringComparer.Ordinal));
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_checker_of_what_ports_can_spoil_has_a_defect_that_only_it_may_find()
    {
        // Sums and lots come from the rules, and no defect can be planted in front of those.
        string[] ofRules = [ZeroSumChecker.Name, LotsChecker.Name];

        var found = DefectCatalogue.All.Where(entry => entry.Checkers.Count == 1).Select(entry => entry.Checkers[0]);
        Assert.Empty(CheckerSet.Names.Except(ofRules, StringComparer.Ordinal).Except(found, StringComparer.Ordinal));
    }

    [Fact]
    public void An_unknown_defect_is_refused() => Assert.Throws<ArgumentException>(() => DefectCatalogue.Make("no-such-defect"));
}
