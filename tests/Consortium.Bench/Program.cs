using System.Text.Json;
using Consortium.Bench;

var json = args.Contains("--json", StringComparer.Ordinal);
var cluster = args.Contains("--cluster", StringComparer.Ordinal);
var unknown = args.FirstOrDefault(arg => arg is not "--json" and not "--cluster");
if (unknown is not null)
{
    await Console.Error.WriteLineAsync($"'{unknown}' is not an option. Use --json for one machine-readable object, --cluster for three silos beside one, or nothing for a table of one silo.");
    return 2;
}

Action<string> progress = json ? _ => { } : Console.WriteLine;
var rows = cluster ? await ClusterBench.RunAsync(progress) : await Suite.RunAsync(progress);
if (json)
{
    Console.WriteLine(JsonSerializer.Serialize(new { machine = Machine.Describe(), rows }, JsonSerializerOptions.Web));
}
else
{
    Machine.Print(rows);
}

return 0;
