using Consortium.Gateway.Demo;
using Consortium.Gateway.Grpc.Hosting;
using Consortium.Gateway.Hosting;

return await GatewayHost.RunAsync(args, new DemoScenario(Console.Out, TimeProvider.System), new GrpcExtension());
