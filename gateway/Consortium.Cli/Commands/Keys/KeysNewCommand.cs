using System.CommandLine;
using Consortium.Client.Keys;

namespace Consortium.Cli.Commands;

/// <summary>Makes a key.</summary>
internal sealed class KeysNewCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The key file to make; never overwritten" };
    private readonly KeyOptions _keys = new();

    public KeysNewCommand()
        : base("new", "Make a P-256 key in an encrypted PKCS#8 PEM file of mode 600")
    {
        Arguments.Add(_file);
        Options.Add(_keys.PasswordFile);
    }

    public override Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        using var key = KeyFile.Create(path, _keys.Password(context, path, isNew: true));
        return Task.FromResult(KeyText.Result(path, key));
    }
}
