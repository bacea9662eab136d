using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Horilla.Testing;

/// <summary>A certificate authority for tests. It stores the certificates that it issues as files.</summary>
public sealed class TestCertificateAuthority : IDisposable
{
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private readonly string _folder;

    public TestCertificateAuthority(string folder, string name)
    {
        _folder = folder;
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _certificate = request.CreateSelfSigned(Today.AddYears(-5), Today.AddYears(5));
        CertificateFile = Path.Combine(folder, $"{name}.pem");
        File.WriteAllText(CertificateFile, _certificate.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate, for clients that trust it.</summary>
    public string CertificateFile { get; }

    /// <summary>Issues a certificate for a host name that is valid today, or one that has expired.</summary>
    public (string Certificate, string Key) Issue(string file, string hostName, bool expired = false)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={hostName}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(hostName);

        if (hostName == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var issued = request.Create(_certificate, Today.AddYears(-2), expired ? Today.AddYears(-1) : Today.AddYears(2), RandomNumberGenerator.GetBytes(8));

        var paths = (Certificate: Path.Combine(_folder, file + ".crt"), Key: Path.Combine(_folder, file + ".key"));
        File.WriteAllText(paths.Certificate, issued.ExportCertificatePem());
        File.WriteAllText(paths.Key, key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(paths.Key, (UnixFileMode)Convert.ToInt32("644", 8));

        return paths;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
