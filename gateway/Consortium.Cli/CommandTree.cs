using System.CommandLine;
using Consortium.Cli.Commands;

namespace Consortium.Cli;

/// <summary>All commands; a new verb appends a line here.</summary>
internal static class CommandTree
{
    public static IReadOnlyList<Command> Create() =>
    [
        Group("keys", "Make and show keys", new KeysNewCommand(), new KeysShowCommand()),
        Group("certificate", "Issue and look at the certificates that let silos in", new CertificateIssueCommand(), new CertificateShowCommand()),
        Group(
            "account",
            "Open and look at accounts",
            new AccountOpenCommand(),
            new AccountShowCommand(),
            new AccountStatementCommand(),
            new AccountRotateCommand(),
            AccountFreezeCommand.Freeze(),
            AccountFreezeCommand.Unfreeze()),
        Group(
            "asset",
            "Register and look at assets",
            new AssetRegisterCommand(),
            new AssetShowCommand(),
            new AssetHoldersCommand()),
        new IssueCommand(),
        new RetireCommand(),
        Group(
            "deal",
            "Compose a deal in a file, have it signed, submit it",
            new DealNewCommand(),
            new DealLegCommand(),
            new DealSignCommand(),
            new DealMergeCommand(),
            new DealSubmitCommand(),
            new DealShowCommand()),
        new PledgeCommand(),
        new ReleaseCommand(),
        Group("tx", "Look at transactions", new TxShowCommand()),
        Group("block", "Look at blocks", new BlockShowCommand()),
        new NetworkCommand(),
        new DoctorCommand(),
        new BalanceSheetCommand(),
        new ExportCommand(),
        new VerifyCommand(),
        new ImportCommand(),
        Group("proof", "Get and check proofs", new ProofGetCommand(), new ProofCheckCommand()),
        new LoadCommand(),
        new CheckAcksCommand(),
    ];

    private static Command Group(string name, string description, params ReadOnlySpan<Verb> verbs)
    {
        var group = new Command(name, description);
        foreach (var verb in verbs)
        {
            group.Subcommands.Add(verb);
        }

        return group;
    }
}
