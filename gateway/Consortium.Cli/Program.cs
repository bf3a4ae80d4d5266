using Consortium.Cli;

return await CommandLine.RunAsync(args, CliEnvironment.OfProcess());
