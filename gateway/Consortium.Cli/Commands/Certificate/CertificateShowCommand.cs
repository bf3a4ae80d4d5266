using System.CommandLine;
using Consortium.Api;
using Consortium.Api.Certificates;
using Consortium.Ledger;

namespace Consortium.Cli.Commands;

/// <summary>Shows a silo's certificate.</summary>
internal sealed class CertificateShowCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The certificate, in PEM" };

    private readonly Option<string?> _genesis =
        GenesisOptions.Create("The network's genesis: check whether its members' silos would let this one in, and say why not");

    public CertificateShowCommand()
        : base("show", "Show whose a silo's certificate is and how long it is valid; with --genesis, whether it lets the silo in")
    {
        Arguments.Add(_file);
        Options.Add(_genesis);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        var genesis = context.Optional(_genesis) is { } given ? await GenesisOptions.ReadAsync(given, cancellationToken) : null;
        var now = context.CliEnvironment.Time.GetUtcNow();
        var check = MemberCertificateRule.CheckDer(
            MemberCertificateFile.ReadDer(path), genesis?.Members ?? [], genesis?.Network ?? default(Digest), now);
        if (check.Certificate is not { } certificate)
        {
            throw new MemberCertificateException("not_a_member_certificate", $"'{path}': {check.Message}", check.Action);
        }

        var json = MemberCertificateText.ToJson(path, certificate, now);
        var facts = MemberCertificateText.Facts(path, certificate, now);
        if (genesis is null)
        {
            return new VerbResult(json, console => console.Facts(facts));
        }

        json["letIn"] = check.IsLetIn;
        json["memberName"] = check.Member?.Name;
        json["fault"] = check.Fault is { } fault ? EnumText.Write(fault) : null;
        facts.Add(("Lets the silo in", check.IsLetIn ? $"yes, as one of '{check.Member.Name}'" : "no"));
        return new VerbResult(json, console => console.Facts(facts))
        {
            Failure = check.IsLetIn ? null : new Failure(0, "certificate_refused", check.Message, check.Action),
        };
    }
}
