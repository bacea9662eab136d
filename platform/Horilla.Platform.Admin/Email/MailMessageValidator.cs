using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Email.Services;
using MailMessage = OrchardCore.Email.MailMessage;

namespace Horilla.Platform.Admin.Email;

/// <summary>Checks that a message has a recipient and that its addresses are valid.</summary>
internal sealed partial class MailMessageValidator(IStringLocalizer<MailMessageValidator> S) : EmailServiceEventsBase
{
    public override Task ValidatingAsync(MailMessage message, MailMessageValidationContext context, CancellationToken cancellationToken = default)
    {
        foreach (var address in FindInvalidAddresses(message.From))
        {
            Add(context, nameof(message.From), S["The sender address '{0}' isn't a valid email address.", address]);
        }

        foreach (var address in FindInvalidAddresses(message.Sender))
        {
            Add(context, nameof(message.Sender), S["The sender address '{0}' isn't a valid email address.", address]);
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
            foreach (var address in FindInvalidAddresses(addresses))
            {
                Add(context, name, S["The recipient address '{0}' isn't a valid email address.", address]);
            }
        }

        if (string.IsNullOrWhiteSpace(message.To) && string.IsNullOrWhiteSpace(message.Cc) && string.IsNullOrWhiteSpace(message.Bcc))
        {
            Add(context, "", S["The message has no recipients. Add an address to To, Cc or Bcc."]);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<string> FindInvalidAddresses(string? addresses)
        => Address().Matches(addresses ?? "").Select(match => match.Value.Trim()).Where(address => address.Length > 0 && !MailAddress.TryCreate(address, out _));

    /// <summary>Matches an address: everything up to a comma or semicolon outside quotes and angle brackets (RFC 5322 section 3.4).</summary>
    [GeneratedRegex("""(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,;])+""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
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
