using Microsoft.Extensions.Localization;
using OrchardCore.Infrastructure;

namespace OrchardCore.Email;

/// <summary>A way to send email.</summary>
public interface IEmailProvider
{
    LocalizedString DisplayName { get; }

    Task<Result> SendAsync(MailMessage message, CancellationToken cancellationToken = default);
}
