namespace Consortium.Api.Certificates;

/// <summary>The parts of an X.509 certificate that the rule for silos looks at.</summary>
internal sealed record CertificateFields
{
    /// <summary>TBSCertificate: the bytes that are signed.</summary>
    public required ReadOnlyMemory<byte> Signed { get; init; }

    /// <summary>r then s; empty when the signature is not ECDSA with SHA-256.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The issuer's common name, or <see langword="null"/> when it has none or several.</summary>
    public required string? Issuer { get; init; }

    /// <summary>The subject's common name, or <see langword="null"/> when it has none or several.</summary>
    public required string? Subject { get; init; }

    /// <summary>The first moment of validity.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>The last moment of validity.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>SubjectPublicKeyInfo.</summary>
    public required ReadOnlyMemory<byte> SubjectKey { get; init; }

    /// <summary>The URIs among the subject's alternative names.</summary>
    public IReadOnlyList<string> Uris { get; set; } = [];

    /// <summary>Whether basic constraints or key usage let it sign certificates.</summary>
    public bool IsAuthority { get; set; }

    /// <summary>Whether its key may sign handshakes: true unless key usage leaves it out.</summary>
    public bool ForSigning { get; set; } = true;

    /// <summary>Extended key usage serverAuth.</summary>
    public bool ForServers { get; set; }

    /// <summary>Extended key usage clientAuth.</summary>
    public bool ForClients { get; set; }
}
