using Consortium.Cli;
using Consortium.Client.Grpc;

return await CommandLine.RunAsync(
    args,
    Surroundings.OfProcess(address => new GrpcTransport(address, new GrpcTransportOptions())));
