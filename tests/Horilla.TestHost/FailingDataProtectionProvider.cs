using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Horilla.TestHost;

/// <summary>Protects everything but one text, as if the keys couldn't be written at that moment.</summary>
internal sealed class FailingDataProtectionProvider(IDataProtectionProvider inner) : IDataProtectionProvider
{
    public const string Unprotectable = "cannot be protected";

    public static void Use(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IDataProtectionProvider));
        services.AddSingleton<IDataProtectionProvider>(provider => new FailingDataProtectionProvider((IDataProtectionProvider)real.ImplementationFactory!(provider)));
    }

    public IDataProtector CreateProtector(string purpose) => new Protector(inner.CreateProtector(purpose));

    private sealed class Protector(IDataProtector inner) : IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => new Protector(inner.CreateProtector(purpose));

        public byte[] Protect(byte[] plaintext)
            => Encoding.UTF8.GetString(plaintext) == Unprotectable ? throw new CryptographicException("The keys cannot be written.") : inner.Protect(plaintext);

        public byte[] Unprotect(byte[] protectedData) => inner.Unprotect(protectedData);
    }
}
