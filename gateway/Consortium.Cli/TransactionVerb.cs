using System.CommandLine;
using Consortium.Api;
using Consortium.Client;
using Consortium.Client.Transactions;
using Consortium.Ledger.Transactions;

namespace Consortium.Cli;

/// <summary>A verb that makes one transaction: composes it, signs it, and submits it or keeps it in a file.</summary>
internal abstract class TransactionVerb : Verb
{
    private static readonly TimeSpan ValidForDefault = TimeSpan.FromMinutes(10);

    private readonly KeyOptions _keys = new();
    private readonly WaitOptions _wait = new();

    private readonly Option<int?> _validFor = new("--valid-for")
    {
        Description = "Seconds within which it must be ordered [default: 600, or what the network allows]",
        HelpName = "SECONDS",
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "Do not submit; keep it here, so that others can sign ('deal sign', 'deal merge', 'deal submit')",
        HelpName = "FILE",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Do not submit; ask what would become of it now",
    };

    protected TransactionVerb(string name, string description)
        : base(name, description)
    {
        _keys.AddTo(this, required: false);
        _wait.AddTo(this);
        _validFor.RequireRange(1, 31_536_000);
        Options.Add(_validFor);
        Options.Add(_file);
        Options.Add(_dryRun);
    }

    public sealed override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        RequireKeysOrFile(context);
        var body = await ComposeAsync(context, cancellationToken);
        var network = await context.Client.GetNetworkAsync(cancellationToken);
        var file = TransactionFile.FromUnsigned(Build(context, network, body));
        foreach (var key in _keys.Load(context))
        {
            using (key)
            {
                file = file.Sign(key);
            }
        }

        if (context.Optional(_file) is { } path)
        {
            file.Save(path, overwrite: false);
            return TransactionFileText.Result(path, file);
        }

        if (context.Optional(_dryRun))
        {
            return await SimulationText.RunAsync(context, file, cancellationToken);
        }

        var receipt = await context.Client.Submissions.SubmitAndWaitAsync(
            file.ToSignedBytes(),
            _wait.Level(context),
            _wait.Timeout(context),
            new RetryOptions(),
            cancellationToken);
        return ReceiptText.Result(receipt, CreatedId(body));
    }

    /// <summary>Makes the transaction's body from the options.</summary>
    protected abstract Task<TransactionBody> ComposeAsync(VerbContext context, CancellationToken cancellationToken);

    // Ids that follow from the body are known before anybody answers.
    private static (string Name, string Value)? CreatedId(TransactionBody body) => body switch
    {
        OpenAccount open => ("account", open.AccountId.ToString()),
        RegisterAsset register => ("asset", register.AssetId.ToString()),
        _ => null,
    };

    private UnsignedTransaction Build(VerbContext context, NetworkResponse network, TransactionBody body)
    {
        // Some of the maximum is left for clocks that differ.
        var allowed = TimeSpan.FromMilliseconds(network.ValidityMaxMs - (network.ValidityMaxMs / 10));
        var validFor = context.Optional(_validFor) is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : ValidForDefault < allowed ? ValidForDefault : allowed;
        return Networks.Builder(context, network).Build(body, validFor);
    }

    private void RequireKeysOrFile(VerbContext context)
    {
        if (!context.Given(_keys.Keys) && context.Optional(_file) is null && !context.Optional(_dryRun))
        {
            throw new UsageException(
                "Nobody signs the transaction.",
                "Name the key files that must sign with --key FILE, or keep it for others to sign with --file FILE.");
        }
    }
}
