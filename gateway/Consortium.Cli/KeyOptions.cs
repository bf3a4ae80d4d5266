using System.CommandLine;
using Consortium.Client.Keys;

namespace Consortium.Cli;

/// <summary>The options for the keys that sign.</summary>
internal sealed class KeyOptions
{
    public Option<string[]> Keys { get; } = new("--key")
    {
        Description = "A key file that signs; may be given several times",
        HelpName = "FILE",
    };

    public Option<string?> PasswordFile { get; } = new("--password-file")
    {
        Description = $"A file with the keys' password [default: {KeyPassword.Variable}, or the file '{KeyPassword.FileName}' beside the key, or ask]",
        HelpName = "FILE",
    };

    public void AddTo(Command command, bool required)
    {
        Keys.Required = required;
        command.Options.Add(Keys);
        command.Options.Add(PasswordFile);
    }

    /// <summary>Opens all keys that were named.</summary>
    public IReadOnlyList<SigningKey> Load(VerbContext context)
    {
        var keys = new List<SigningKey>();
        foreach (var path in context.Optional(Keys) ?? [])
        {
            var key = KeyFile.Load(path, Password(context, path, isNew: false));
            if (keys.Exists(other => other.PublicKey == key.PublicKey))
            {
                throw new UsageException($"The key in '{path}' is given twice.", "Name every key once: a key signs once.");
            }

            keys.Add(key);
        }

        return keys;
    }

    /// <summary>Finds the password of a key file, asking a person where there is one.</summary>
    public string Password(VerbContext context, string path, bool isNew)
    {
        if (KeyPassword.Find(path, context.Optional(PasswordFile), context.CliEnvironment.Environment) is { } found)
        {
            return found;
        }

        if (context.CliEnvironment.AskSecret is not { } ask)
        {
            throw new KeyFileException(
                "password_missing",
                $"There is no password for '{path}', and no terminal to ask on.",
                $"Give --password-file FILE, set {KeyPassword.Variable}, or put a file '{KeyPassword.FileName}' of mode 600 beside the key.");
        }

        var password = ask($"Password of {path}: ");
        return !isNew || password == ask("The same again: ") ? password : throw new KeyFileException(
            "passwords_differ",
            "The two passwords differ; no key was made.",
            "Run the command again.");
    }
}
