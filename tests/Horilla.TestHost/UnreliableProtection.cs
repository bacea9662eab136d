using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Horilla.TestHost;

/// <summary>Protects everything but one text, as if the keys could not be written just then.</summary>
internal sealed class UnreliableProtection(IDataProtector inner) : IDataProtector
{
    public const string Unprotectable = "cannot be protected";

    public static void Use(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IDataProtectionProvider));
        services.AddSingleton<IDataProtectionProvider>(provider =>
            new UnreliableProtection(((IDataProtectionProvider)real.ImplementationFactory!(provider)).CreateProtector("Horilla.TestHost")));
    }

    public IDataProtector CreateProtector(string purpose) => new UnreliableProtection(inner.CreateProtector(purpose));

    public byte[] Protect(byte[] plaintext)
        => Encoding.UTF8.GetString(plaintext) == Unprotectable ? throw new CryptographicException("The keys cannot be written.") : inner.Protect(plaintext);

    public byte[] Unprotect(byte[] protectedData) => inner.Unprotect(protectedData);
}
