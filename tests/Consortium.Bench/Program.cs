using System.Text.Json;
using Consortium.Bench;

if (BenchOptions.TryRead(args, out var options) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 2;
}

Action<string> progress = options.Json ? _ => { } : Console.WriteLine;
var figures = new List<Figure>();
await using (var setting = new BenchSetting(options.Smoke ? BenchScale.Smoke : new BenchScale()))
{
    foreach (var row in options.Rows)
    {
        progress($"{row.Key} …");
        figures.AddRange(await row.MeasureAsync(setting));
    }
}

if (options.Json)
{
    Console.WriteLine(JsonSerializer.Serialize(new { machine = Machine.Describe(), smoke = options.Smoke, figures }, JsonSerializerOptions.Web));
}
else
{
    Machine.Print(figures);
}

return 0;
