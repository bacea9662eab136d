using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Explains why TLS couldn't be negotiated and how to fix it.</summary>
public sealed class SmtpTlsErrors(IStringLocalizer<SmtpTlsErrors> stringLocalizer)
{
    /// <summary>How many of a certificate's names are listed: it may have thousands.</summary>
    private const int MaxNames = 10;

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Describes the certificate of a secure connection.</summary>
    internal string? DescribeCertificate(ServerCertificate? certificate)
        => certificate is null ? null : S["certificate for {0}, valid until {1}", certificate.Subject, FormatDate(certificate.NotAfter)].Value;

    internal OutgoingMailError ImplicitTlsExpected(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Tls,
        Code = "tls-at-once",
        Message = S["{0} expects TLS from the start on port {1}, but the connection started unencrypted.", settings.Host, settings.Port],
        NextStep = S["Set Use SSL to Yes and Use TLS to No, or enter the port for STARTTLS, usually 587."],
        Field = nameof(SmtpServerViewModel.UseSsl),
    };

    internal OutgoingMailError ImplicitTlsNotSupported(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Tls,
        Code = "no-tls-at-once",
        Message = S["{0} doesn't use TLS from the start on port {1}.", settings.Host, settings.Port],
        NextStep = S["Set Use TLS to Yes and Use SSL to No, or enter the port for implicit TLS, usually 465."],
        Field = nameof(SmtpServerViewModel.UseSsl),
    };

    internal OutgoingMailError StartTlsNotOffered(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Tls,
        Code = "starttls-not-offered",
        Message = S["{0} doesn't offer STARTTLS on port {1}. Nothing was sent unencrypted.", settings.Host, settings.Port],
        NextStep = S["Ask your provider which port offers TLS, usually 587 (Use TLS) or 465 (Use SSL). Set both to No only for a server in your own network."],
        Field = nameof(SmtpServerViewModel.UseTls),
    };

    internal OutgoingMailError HandshakeFailed(ServerCertificate? certificate, SmtpServerSettings settings)
    {
        if (certificate is null || certificate.PolicyErrors == SslPolicyErrors.None)
        {
            return new OutgoingMailError
            {
                Step = DeliveryStep.Tls,
                Code = "tls-failed",
                Message = S["The TLS handshake with {0} on port {1} failed.", settings.Host, settings.Port],
                NextStep = S["The server may support only outdated TLS versions. Ask your provider for a server with TLS 1.2 or later. If the port is for STARTTLS, set Use TLS instead of Use SSL."],
                Field = nameof(SmtpServerViewModel.UseSsl),
            };
        }

        var (code, reason, advice) = ExplainCertificate(certificate, settings);

        return new OutgoingMailError
        {
            Step = DeliveryStep.Tls,
            Code = code,
            Message = S["The certificate of {0} isn't trusted: {1}", settings.Host, reason],
            NextStep = advice,
            Field = code is "certificate-name" or "certificate-issuer" or "certificate-incomplete" ? nameof(SmtpServerViewModel.Host) : null,
        };
    }

    private (string Code, LocalizedString Reason, LocalizedString Advice) ExplainCertificate(ServerCertificate certificate, SmtpServerSettings settings)
    {
        if (certificate.ChainStatus.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return (
                "certificate-expired",
                S["it is valid from {0} to {1}.", FormatDate(certificate.NotBefore), FormatDate(certificate.NotAfter)],
                S["The server's administrator has to renew it. Contact your provider. Until then, no email can be sent safely through this server."]);
        }

        if (certificate.PolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return (
                "certificate-name",
                S["it is for {0}, not for {1}.", certificate.DnsNames.Count > 0 ? string.Join(", ", certificate.DnsNames.Take(MaxNames)) : certificate.Subject, settings.Host],
                S["Enter one of the certificate's names as Host. Your provider's help lists the right one."]);
        }

        if (certificate.ChainStatus.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            return (
                "certificate-incomplete",
                S["its chain is incomplete. The server doesn't send the certificate of the issuer {0}, and this machine doesn't know it.", certificate.Issuer],
                S["The server's administrator has to install the full chain, including the intermediate certificates. If the issuer is your own certificate authority, an operator can add it to the trusted authorities of this machine."]);
        }

        if (certificate.ChainStatus.HasFlag(X509ChainStatusFlags.UntrustedRoot))
        {
            return (
                "certificate-issuer",
                S["this machine doesn't know its issuer {0}.", certificate.Issuer],
                S["If the server is your own, an operator can add its certificate authority to the trusted authorities of this machine. If it is your provider's, check Host: another server may be answering."]);
        }

        return (
            "certificate-invalid",
            S["{0}.", certificate.ChainStatus == X509ChainStatusFlags.NoError ? certificate.PolicyErrors.ToString() : certificate.ChainStatus.ToString()],
            S["The server's administrator has to replace it. Contact your provider, and include this error."]);
    }

    private static string FormatDate(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
