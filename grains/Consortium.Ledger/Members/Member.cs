using Consortium.Ledger.Accounts;
using Consortium.Ledger.Encoding;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Members;

/// <summary>An institution of the consortium.</summary>
/// <param name="Id">The member's id, from its LEI.</param>
/// <param name="Name">The display name.</param>
/// <param name="Lei">ISO 17442.</param>
/// <param name="Authority">The keys that sign to open and freeze accounts.</param>
/// <param name="ProducerKey">The key that signs the headers this member seals.</param>
public sealed record Member(MemberId Id, string Name, string Lei, Authority Authority, PublicKey ProducerKey) : StateValue
{
    /// <summary>Reads canonical bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The member, or <see langword="null"/>.</returns>
    public static Member? Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var member = new Member(
            new MemberId(reader.Digest()),
            reader.Text(LedgerLimits.NameBytesMax),
            reader.Text(20),
            Authority.Read(ref reader),
            new PublicKey(reader.Digest(), reader.Digest()));
        return reader.Succeeded ? member : null;
    }

    /// <inheritdoc/>
    public override byte[] Encode()
    {
        var writer = new CanonicalWriter(stackalloc byte[512]);
        writer.Digest(Id.Digest);
        writer.Text(Name);
        writer.Text(Lei);
        Authority.Write(ref writer);
        writer.Digest(ProducerKey.X);
        writer.Digest(ProducerKey.Y);
        return writer.ToArray();
    }
}
