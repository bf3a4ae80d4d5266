using System.CommandLine;
using Consortium.Client.Keys;

namespace Consortium.Cli.Commands;

/// <summary>Shows the public part of a key.</summary>
internal sealed class KeysShowCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The key file" };
    private readonly KeyOptions _keys = new();

    public KeysShowCommand()
        : base("show", "Show a key's public part, as the ledger and as other tools write it")
    {
        Arguments.Add(_file);
        Options.Add(_keys.PasswordFile);
    }

    public override Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        using var key = KeyFile.Load(path, _keys.Password(context, path, isNew: false));
        return Task.FromResult(KeyText.Result(path, key));
    }
}
