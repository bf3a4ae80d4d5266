using Consortium.Consensus.Ports;
using Consortium.Simulation.Checkers;

namespace Consortium.Tests.Simulation.Checkers;

/// <summary>A good journal plus ways to break it: each must make its own checker report first.</summary>
public sealed class JournalDamageTests(GoodRun run) : IClassFixture<GoodRun>
{
    public static TheoryData<string, string> Damages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (checker, what, _) in Damage.All)
            {
                data.Add(checker, what);
            }

            return data;
        }
    }

    [Fact]
    public void Nothing_is_found_in_a_good_journal()
    {
        var (checkers, findings) = run.Check(run.Journal);
        checkers.Finish(buried: true);
        Assert.Null(findings.First);
        Assert.Equal(12, checkers.Ledger.Transactions.Count);
        Assert.True(checkers.Ledger.FinalHeight > 0);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_found(string checker, string what)
    {
        var damage = Damage.All.Single(each => each.Checker == checker && each.What == what);
        var (checkers, findings) = run.Check(damage.Apply(run));
        checkers.Finish(buried: false);
        Assert.Equal(checker, findings.First?.Checker);
    }

    [Fact]
    public void A_batch_of_the_next_block_may_stand_before_a_seal() =>
        Assert.Null(run.Check(Damage.LateSeal(run, (header, _) => header)).Findings.First);

    [Fact]
    public void An_activation_may_begin_anywhere() =>
        Assert.Null(run.Check(Damage.Append(run, JournalEntryKind.Activation, new byte[5])).Findings.First);

    [Fact]
    public void Every_checker_is_in_the_readme_and_none_else()
    {
        var readme = Tidy.SourceTree.Read("tests/Consortium.Simulation/Checkers/README.md");
        var listed = readme.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(CheckerSet.Names, listed, StringComparer.Ordinal);
    }
}
