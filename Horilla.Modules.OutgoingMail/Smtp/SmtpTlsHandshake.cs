using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The TLS handshake of an attempt to open a connection. The certificate is always verified.</summary>
internal sealed class SmtpTlsHandshake(SmtpAttemptContext context)
{
    /// <summary>Authenticates the server.</summary>
    /// <exception cref="DeliveryException">TLS couldn't be negotiated, or the certificate isn't trusted.</exception>
    public async Task<SslStream> AuthenticateAsync(TlsDetectionStream network, CancellationToken cancellationToken)
    {
        ServerCertificate? certificate = null;
        var tls = new SslStream(network);

        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = context.Settings.Host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        // A revocation server that is down would stop all email.
                        RevocationMode = X509RevocationMode.NoCheck,

                        // A certificate contains the URL of a missing issuer. A malicious one could contain any URL.
                        DisableCertificateDownloads = true,
                    },
                    RemoteCertificateValidationCallback = (_, presentedCertificate, chain, errors) =>
                    {
                        certificate = presentedCertificate is X509Certificate2 serverCertificate ? ServerCertificate.Read(serverCertificate, chain, errors) : null;

                        return errors == SslPolicyErrors.None;
                    },
                },
                cancellationToken);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            await tls.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();

            throw new DeliveryException(
                context.Settings.UseSsl && network.IsTls == false ? context.Errors.Tls.ImplicitTlsNotSupported(context.Settings) : context.Errors.Tls.HandshakeFailed(certificate, context.Settings),
                e);
        }
        catch
        {
            await tls.DisposeAsync();

            throw;
        }

        context.Delivery.CompleteTls(GetVersion(tls), context.Errors.Tls.DescribeCertificate(certificate), certificate?.NotAfter);

        return tls;
    }

    private static string GetVersion(SslStream tls) => tls.SslProtocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        var other => other.ToString(),
    };
}
