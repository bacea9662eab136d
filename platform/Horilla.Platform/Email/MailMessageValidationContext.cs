using Microsoft.Extensions.Localization;

namespace OrchardCore.Email;

public class MailMessageValidationContext(IEmailProvider provider)
{
    public IEmailProvider Provider { get; } = provider;

    public Dictionary<string, List<LocalizedString>> Errors { get; } = [];
}
