using Consortium.Cli;

return await CommandLine.RunAsync(args, Surroundings.OfProcess(createGrpc: null));
