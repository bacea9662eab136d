using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>What there is to tell of a server's certificate, and of what is wrong with it.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="Issuer">The name of who issued it.</param>
/// <param name="Names">The host names that it is for.</param>
/// <param name="NotBefore">When it begins to be valid, in UTC.</param>
/// <param name="NotAfter">When it ends, in UTC.</param>
/// <param name="Errors">What the verification found.</param>
/// <param name="Chain">What it found in the chain.</param>
public sealed record ServerCertificate(
    string Subject,
    string Issuer,
    IReadOnlyList<string> Names,
    DateTime NotBefore,
    DateTime NotAfter,
    SslPolicyErrors Errors,
    X509ChainStatusFlags Chain)
{
    /// <summary>Reads what is to be told of a certificate.</summary>
    public static ServerCertificate Read(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors) => new(
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true),
        [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames())],
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime(),
        errors,
        chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? X509ChainStatusFlags.NoError);
}
