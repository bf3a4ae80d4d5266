using System.Text.Json;
using Consortium.Bench;

var json = args.Contains("--json", StringComparer.Ordinal);
var unknown = args.FirstOrDefault(arg => arg is not "--json");
if (unknown is not null)
{
    await Console.Error.WriteLineAsync($"'{unknown}' is not an option. Use --json for one machine-readable object, or nothing for a table.");
    return 2;
}

var rows = await Suite.RunAsync(progress => { if (!json) { Console.WriteLine(progress); } });
if (json)
{
    Console.WriteLine(JsonSerializer.Serialize(new { machine = Machine.Describe(), rows }, JsonSerializerOptions.Web));
}
else
{
    Machine.Print(rows);
}

return 0;
