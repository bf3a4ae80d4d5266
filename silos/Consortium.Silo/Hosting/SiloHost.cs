using Consortium.Gateway.Hosting;

namespace Consortium.Silo.Hosting;

/// <summary>Runs a silo, or a gateway that reaches silos, as a process.</summary>
internal static class SiloHost
{
    private static readonly string[] HelpSwitches = ["--help", "-h", "-?"];

    /// <summary>Runs until asked to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code: 0 after a stop that was asked for, 1 when it could not go on, 2 for settings that are wrong.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Any(argument => HelpSwitches.Contains(argument, StringComparer.Ordinal)))
        {
            await Console.Out.WriteAsync(SiloSettings.Help());
            return 0;
        }

        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();
        var fault = SiloSettings.TryRead(args, configuration, out var options);
        if (fault is not null || options is null)
        {
            await Console.Error.WriteLineAsync(fault);
            return 2;
        }

        try
        {
            await using var silo = await CreateAsync(options);
            if (silo is null)
            {
                return 0;
            }

            // Running disposes the services when it ends.
            var exitCode = silo.App.Services.GetRequiredService<ExitCode>();
            await silo.App.RunAsync();
            return exitCode.Value;
        }
        catch (Exception exception) when (StartFault.Describe(exception) is { } described)
        {
            await Console.Error.WriteLineAsync($"The silo cannot start: {described}");
            return 1;
        }
    }

    // Null when the process was asked to stop while it waited for the storage.
    private static async Task<SiloProcess?> CreateAsync(SiloOptions options)
    {
        try
        {
            return await SiloProcess.CreateAsync(options, TimeProvider.System, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
