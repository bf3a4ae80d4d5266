using Consortium.Gateway.Hosting;

return await GatewayHost.RunAsync(args, scenario: null);
