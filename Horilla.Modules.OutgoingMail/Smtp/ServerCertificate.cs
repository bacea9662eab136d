using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>A server's certificate and the result of its validation.</summary>
/// <param name="Subject">The simple name of its subject.</param>
/// <param name="Issuer">The simple name of its issuer.</param>
/// <param name="DnsNames">The DNS names that it is valid for.</param>
/// <param name="NotBefore">The start of its validity, in UTC.</param>
/// <param name="NotAfter">The end of its validity, in UTC.</param>
/// <param name="PolicyErrors">The validation errors.</param>
/// <param name="ChainStatus">The status of its chain.</param>
public sealed record ServerCertificate(
    string Subject,
    string Issuer,
    IReadOnlyList<string> DnsNames,
    DateTime NotBefore,
    DateTime NotAfter,
    SslPolicyErrors PolicyErrors,
    X509ChainStatusFlags ChainStatus)
{
    /// <summary>Reads a certificate and the result of its validation.</summary>
    public static ServerCertificate Read(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors) => new(
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true),
        [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames())],
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime(),
        errors,
        chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? X509ChainStatusFlags.NoError);
}
