using Consortium.Cli;

return await CommandLine.RunAsync(args, Surroundings.OfProcess());
