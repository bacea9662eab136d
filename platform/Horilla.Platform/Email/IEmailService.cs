using OrchardCore.Infrastructure;

namespace OrchardCore.Email;

public interface IEmailService
{
    /// <summary>Sends a message with the named provider, or with the default one.</summary>
    /// <exception cref="InvalidEmailProviderException">There is no such provider.</exception>
    Task<Result> SendAsync(MailMessage message, string? providerName = null, CancellationToken cancellationToken = default);
}
