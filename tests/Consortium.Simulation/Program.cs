using System.Diagnostics;
using Consortium.Simulation.Running;

var (first, last) = (ulong.Parse(args[0]), ulong.Parse(args[1]));
var defect = args.Length > 2 && args[2] != "trace" ? args[2] : null;
long total = 0;
var clock = Stopwatch.StartNew();
for (var seed = first; seed <= last; seed++)
{
    var one = Stopwatch.StartNew();
    var result = Simulation.Run(new SimulationRequest(seed) { Defect = defect }, args.Contains("trace") ? Console.Out : null);
    total += result.Ordered;
    Console.WriteLine($"seed {seed}: {one.ElapsedMilliseconds} ms, {result.Ordered} tx, sub {result.Totals.Submitted}, ref {result.Totals.Refused}, {result.Blocks} blocks, {result.VirtualTime}, act {result.Activations}, ev {result.Events}, {result.History.ToString()[..8]} {result.Finding}");
    if (result.Finding is not null && first == last) { foreach (var line in result.LastEvents) Console.WriteLine(line); }
}
Console.WriteLine($"{total * 1000 / clock.ElapsedMilliseconds} tx/s");
return 0;
