using Consortium.Api;
using Consortium.Client.Keys;
using Consortium.Client.Load;
using Consortium.Ledger.Ids;

namespace Consortium.Cli;

/// <summary>Finds in a folder the key of some member of a network.</summary>
internal static class MemberKeys
{
    /// <summary>Opens key files until one acts alone for a member.</summary>
    public static LoadCustodian Find(VerbContext context, NetworkResponse network, string folder, KeyOptions passwords)
    {
        if (!Directory.Exists(folder))
        {
            throw NotFound($"There is no folder '{Path.GetFullPath(folder)}'.");
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*.pem").Order(StringComparer.Ordinal))
        {
            // Opening a file takes a while on purpose; keys that only seal blocks are passed by.
            if (Path.GetFileName(path).Contains("producer", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var key = KeyFile.Load(path, passwords.Password(context, path, isNew: false));
            if (MemberOf(network, key) is { } member)
            {
                return new LoadCustodian(member, [key]);
            }

            key.Dispose();
        }

        throw NotFound($"No key file in '{folder}' acts alone for a member of the network '{network.Name}'.");
    }

    private static MemberId? MemberOf(NetworkResponse network, SigningKey key)
    {
        var text = key.PublicKey.ToString();
        var member = network.Members.FirstOrDefault(member =>
            member.Authority.Threshold == 1 && member.Authority.Keys.Contains(text, StringComparer.Ordinal));
        return member is not null && MemberId.TryParse(member.Id, out var id) ? id : null;
    }

    private static ConsortiumException NotFound(string message) => new(
        "member_key_not_found",
        message,
        "Name the folder of a member's keys with --keys; a demo gateway keeps them in 'keys' in its data folder.");
}
