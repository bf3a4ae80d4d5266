using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>Every header follows the one before and commits to exactly the batches since then.</summary>
internal sealed class ChainChecker(Findings findings)
{
    public const string Name = "chain";

    public void OnSeal(ReplayedBlock block)
    {
        var (found, expected) = (block.Header, block.Expected);
        Require("network", found.Network, expected.Network);
        Require("height", found.Height, expected.Height);
        Require("previous block", found.Previous, expected.Previous);
        Require("last position", found.LastPosition, expected.LastPosition);
        Require("transaction count", found.TransactionCount, expected.TransactionCount);
        Require("transactions root", found.TransactionsRoot, expected.TransactionsRoot);
        Require("receipts root", found.ReceiptsRoot, expected.ReceiptsRoot);

        void Require<T>(string field, T was, T shouldBe)
            where T : IEquatable<T>
        {
            if (!was.Equals(shouldBe))
            {
                findings.Report(Name, $"the header sealed at {block.Block.SealPosition} has {field} {was}, the batches give {shouldBe}");
            }
        }
    }
}
