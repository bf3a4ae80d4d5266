using System.Globalization;
using Consortium.Simulation.Running;

namespace Consortium.Simulation.Reporting;

/// <summary>Prints the parameters of a run in one line.</summary>
internal static class PlanText
{
    public static void Write(TextWriter output, SimulationPlan plan) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"seed {plan.Seed}: {plan.Silos} silos, {plan.Members} members, {plan.ShardCount} shards per class, {plan.Clients} clients, {plan.Transactions} transactions in {plan.Duration.TotalSeconds:0.#} s, a block every {plan.BlockInterval.TotalSeconds:0.#} s, final after {plan.FinalityBlocks}"));
}
