using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore.Email;
using OrchardCore.Email.Services;
using OrchardCore.Infrastructure;

namespace Horilla.Platform.Admin.Email;

/// <summary>Validates a message, sends it through a provider, and raises the email events.</summary>
internal sealed class EmailService(
    IServiceProvider services,
    IOptions<EmailOptions> options,
    IOptions<EmailProviderOptions> providers,
    IEnumerable<IEmailServiceEvents> events,
    IStringLocalizer<EmailService> S,
    ILogger<EmailService> logger) : IEmailService
{
    public async Task<Result> SendAsync(MailMessage message, string? providerName = null, CancellationToken cancellationToken = default)
    {
        var name = string.IsNullOrEmpty(providerName) ? options.Value.DefaultProviderName : providerName;

        if (name is null)
        {
            return Result.Failed(S["No email provider is enabled. Enable a feature that provides one."]);
        }

        var provider = providers.Value.Providers.TryGetValue(name, out var type)
            ? (IEmailProvider)ActivatorUtilities.GetServiceOrCreateInstance(services, type.Type)
            : throw new InvalidEmailProviderException(name);
        var context = new MailMessageValidationContext(provider);

        await RaiseAsync(handler => handler.ValidatingAsync(message, context, cancellationToken));
        await RaiseAsync(handler => handler.ValidatedAsync(message, context, cancellationToken));

        if (context.Errors.Count > 0)
        {
            await RaiseAsync(handler => handler.FailedAsync(message, cancellationToken));

            return Result.Failed([.. context.Errors.SelectMany(error => error.Value.Select(text => new ResultError { Key = error.Key, Message = text }))]);
        }

        await RaiseAsync(handler => handler.SendingAsync(message, cancellationToken));
        var result = await provider.SendAsync(message, cancellationToken);
        await RaiseAsync(handler => result.Succeeded ? handler.SentAsync(message, cancellationToken) : handler.FailedAsync(message, cancellationToken));

        return result;
    }

    private async Task RaiseAsync(Func<IEmailServiceEvents, Task> raise)
    {
        foreach (var handler in events)
        {
            try
            {
                await raise(handler);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // As in OrchardCore, a failing handler doesn't keep the message from being sent.
                logger.LogError(e, "The email event handler '{Handler}' failed and was skipped.", handler.GetType());
            }
        }
    }
}
