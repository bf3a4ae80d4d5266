using System.CommandLine;
using Consortium.Client.Keys;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Signatures;

namespace Consortium.Cli;

/// <summary>The options for the authority of an account: m of n keys.</summary>
internal sealed class AuthorityOptions
{
    private readonly Option<string[]> _keys = new("--authority")
    {
        Description = "A public key (128 hexadecimal digits) or a key file; give it once per key",
        HelpName = "KEY",
        Required = true,
    };

    private readonly Option<int?> _threshold = new("--threshold")
    {
        Description = "How many of the keys must sign [default: all]",
        HelpName = "M",
    };

    public AuthorityOptions() => _threshold.RequireRange(1, LedgerLimits.AuthorityKeysMax);

    public void AddTo(Command command)
    {
        command.Options.Add(_keys);
        command.Options.Add(_threshold);
    }

    public Authority Read(VerbContext context, KeyOptions passwords)
    {
        var keys = context.Required(_keys).Select(text => ReadKey(context, text, passwords)).ToList();
        if (keys.Distinct().Count() != keys.Count)
        {
            throw new UsageException("A key is given twice with --authority.", "Name every key once.");
        }

        var threshold = context.Optional(_threshold) ?? keys.Count;
        return threshold <= keys.Count ? new Authority((uint)threshold, keys) : throw new UsageException(
            $"--threshold {threshold} asks for more signatures than the {keys.Count} keys given with --authority.",
            "Lower the threshold or name more keys.");
    }

    private static PublicKey ReadKey(VerbContext context, string text, KeyOptions passwords)
    {
        if (PublicKey.TryParse(text, out var key))
        {
            return P256.IsValidPublicKey(key.ToArray()) ? key : throw new UsageException(
                $"'{text}' given with --authority is not a point of P-256.",
                "Copy the public key as 'consortium keys show' prints it.");
        }

        if (!File.Exists(text))
        {
            throw new UsageException(
                $"'{text}' given with --authority is neither a public key of 128 hexadecimal digits nor a file.",
                "Copy the public key as 'consortium keys show' prints it, or name a key file.");
        }

        using var pair = KeyFile.Load(text, passwords.Password(context, text, isNew: false));
        return pair.PublicKey;
    }
}
