using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Email.Services;
using MailMessage = OrchardCore.Email.MailMessage;

namespace Horilla.Platform.Admin.Email;

/// <summary>Checks that a mail has a recipient and that its addresses are some.</summary>
internal sealed partial class MailMessageValidator(IStringLocalizer<MailMessageValidator> S) : EmailServiceEventsBase
{
    public override Task ValidatingAsync(MailMessage message, MailMessageValidationContext context, CancellationToken cancellationToken = default)
    {
        foreach (var address in Invalid(message.From))
        {
            Add(context, nameof(message.From), S["Invalid email address for the sender: '{0}'.", address]);
        }

        foreach (var address in Invalid(message.Sender))
        {
            Add(context, nameof(message.Sender), S["Invalid email address for the sender: '{0}'.", address]);
        }

        var fields = new (string Name, string? Addresses)[]
        {
            (nameof(message.To), message.To),
            (nameof(message.Cc), message.Cc),
            (nameof(message.Bcc), message.Bcc),
            (nameof(message.ReplyTo), string.IsNullOrWhiteSpace(message.ReplyTo) ? message.From : message.ReplyTo),
        };

        foreach (var (name, addresses) in fields)
        {
            foreach (var address in Invalid(addresses))
            {
                Add(context, name, S["Invalid email address for the recipient: '{0}'.", address]);
            }
        }

        if (string.IsNullOrWhiteSpace(message.To) && string.IsNullOrWhiteSpace(message.Cc) && string.IsNullOrWhiteSpace(message.Bcc))
        {
            Add(context, "", S["The mail message should have at least one of these headers: To, Cc or Bcc."]);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<string> Invalid(string? addresses)
        => Address().Matches(addresses ?? "").Select(match => match.Value.Trim()).Where(address => address.Length > 0 && !MailAddress.TryCreate(address, out _));

    /// <summary>Up to a comma or semicolon that is not in quotes or angle brackets (RFC 5322 section 3.4).</summary>
    [GeneratedRegex("""(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,;])+""")]
    private static partial Regex Address();

    private static void Add(MailMessageValidationContext context, string key, LocalizedString text)
    {
        if (!context.Errors.TryGetValue(key, out var texts))
        {
            context.Errors[key] = texts = [];
        }

        texts.Add(text);
    }
}
