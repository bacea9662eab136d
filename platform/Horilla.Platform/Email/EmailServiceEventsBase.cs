namespace OrchardCore.Email.Services;

public class EmailServiceEventsBase : IEmailServiceEvents
{
    public virtual Task ValidatingAsync(MailMessage message, MailMessageValidationContext context, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public virtual Task ValidatedAsync(MailMessage message, MailMessageValidationContext context, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public virtual Task SendingAsync(MailMessage message, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public virtual Task SentAsync(MailMessage message, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public virtual Task FailedAsync(MailMessage message, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
