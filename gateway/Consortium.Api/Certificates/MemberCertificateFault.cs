namespace Consortium.Api.Certificates;

/// <summary>Why a silo's certificate does not admit it, in the order of the checks; only the first fault is reported.</summary>
public enum MemberCertificateFault
{
    /// <summary>The silo showed no certificate.</summary>
    Missing = 1,

    /// <summary>The bytes are not an X.509 version 3 certificate in DER, or carry a critical extension that the rule does not know.</summary>
    Unreadable = 2,

    /// <summary>The certificate does not name one silo, one member and one network as member certificates do.</summary>
    NotAMemberCertificate = 3,

    /// <summary>The certificate was issued for another network.</summary>
    WrongNetwork = 4,

    /// <summary>The certificate names an institution that is not a member in the present governance state.</summary>
    NotAMember = 5,

    /// <summary>Its signature does not verify under the producer key that the governance state names for the member.</summary>
    WrongSigner = 6,

    /// <summary>The certificate may sign other certificates.</summary>
    CertificateAuthority = 7,

    /// <summary>The certificate is not for both ends of a connection.</summary>
    WrongUse = 8,

    /// <summary>The silo's key is not on P-256.</summary>
    WrongKey = 9,

    /// <summary>The silo's key is the producer key of a member.</summary>
    ProducerKey = 10,

    /// <summary>The certificate is valid for longer than <see cref="MemberCertificate.DaysMax"/> days.</summary>
    ValidTooLong = 11,

    /// <summary>The certificate is not valid yet.</summary>
    NotYetValid = 12,

    /// <summary>The certificate has expired.</summary>
    Expired = 13,
}
