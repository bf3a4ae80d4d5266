using System.CommandLine;
using Consortium.Api;
using Consortium.Api.Certificates;
using Consortium.Client.Keys;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Members;

namespace Consortium.Cli.Commands;

/// <summary>Issues a certificate to a silo.</summary>
internal sealed class CertificateIssueCommand : Verb
{
    private readonly Option<string> _key = new("--key")
    {
        Description = "The member's producer key, which the network names; it says which member issues",
        HelpName = "FILE",
        Required = true,
    };

    private readonly KeyOptions _passwords = new();

    private readonly Option<string> _silo = Typed.Option<string>(
        "--silo",
        "NAME",
        "The silo's name in the cluster; names the files too",
        TryReadSilo,
        $"1 to {MemberCertificate.SiloNameLengthMax} letters, digits, '-', '.' and '_' that begin with a letter or digit").Required();

    private readonly Option<int> _days = new("--days")
    {
        Description = $"Days that it is valid for, at most {MemberCertificate.DaysMax}",
        HelpName = "N",
        DefaultValueFactory = _ => MemberCertificate.DaysDefault,
    };

    private readonly Option<string?> _genesis =
        GenesisOptions.Create("The network's genesis, to issue without a gateway [default: the gateway's]");

    private readonly Option<Digest> _network =
        Ids.Hash("--network", "ID", "The network's id as you know it; without it, that of the genesis is taken");

    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder to write NAME.crt.pem and NAME.key.pem to; neither is ever overwritten",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    public CertificateIssueCommand()
        : base("issue", "Make a key for a silo and certify it with the member's producer key: other silos let it in by that")
    {
        _days.RequireRange(1, MemberCertificate.DaysMax);
        Options.Add(_key);
        Options.Add(_passwords.PasswordFile);
        Options.Add(_silo);
        Options.Add(_days);
        Options.Add(_genesis);
        Options.Add(_network);
        Options.Add(_out);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var genesis = await ReadGenesisAsync(context, cancellationToken);
        var path = context.Required(_key);
        using var key = KeyFile.Load(path, _passwords.Password(context, path, isNew: false));
        var member = MemberOf(genesis, key, path);
        var now = context.CliEnvironment.Time.GetUtcNow();
        var issued = MemberCertificateIssuer.Issue(
            key, member, genesis.Network, context.Required(_silo), context.Required(_days), now);
        var (certificatePath, keyPath) = MemberCertificateFile.Save(context.Required(_out), issued);

        var json = MemberCertificateText.ToJson(certificatePath, issued.Certificate, now);
        json["keyFile"] = keyPath;
        json["memberName"] = member.Name;
        List<(string Name, string Value)> facts =
        [
            .. MemberCertificateText.Facts(certificatePath, issued.Certificate, now),
            ("Key", $"{keyPath}, not encrypted: give it to the silo and to nobody else"),
            ("Issued by", member.Name),
        ];
        return new VerbResult(json, console => console.Facts(facts));
    }

    private static Member MemberOf(Genesis genesis, SigningKey key, string path) =>
        genesis.Members.FirstOrDefault(member => member.ProducerKey == key.PublicKey) ?? throw new MemberCertificateException(
            "not_a_producer_key",
            $"The key in '{path}' is the producer key of no member of the network '{genesis.Name}' ({genesis.Network}).",
            "Name the member's producer key with --key, and the genesis of its network with --genesis.");

    private static bool TryReadSilo(string? text, out string silo)
    {
        silo = text ?? string.Empty;
        return MemberCertificate.IsSiloName(text);
    }

    private async Task<Genesis> ReadGenesisAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var genesis = context.Optional(_genesis) is { } path
            ? await GenesisOptions.ReadAsync(path, cancellationToken)
            : await GenesisOptions.FromGatewayAsync(context, cancellationToken);
        return !context.Given(_network) || context.Required(_network) == genesis.Network ? genesis : throw new ConsortiumException(
            "network_differs",
            $"The genesis is that of the network '{genesis.Name}' ({genesis.Network}), not of {context.Required(_network)}.",
            "Name the right genesis with --genesis or the right gateway with --url; do not trust the source of this one.");
    }
}
