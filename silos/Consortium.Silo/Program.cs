return await Consortium.Silo.Hosting.SiloHost.RunAsync(args);
