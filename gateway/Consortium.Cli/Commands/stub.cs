namespace Consortium.Cli.Commands;
internal sealed class LoadCommand : Verb { public LoadCommand():base("load","x"){} public override Task<VerbResult> RunAsync(VerbContext c, CancellationToken t)=>throw new NotSupportedException(); }
internal sealed class CheckAcksCommand : Verb { public CheckAcksCommand():base("check-acks","x"){} public override Task<VerbResult> RunAsync(VerbContext c, CancellationToken t)=>throw new NotSupportedException(); }
