using Horilla.Modules.OutgoingMail.Sending;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Validates what a caller enqueues.</summary>
internal static class OutboxOptionsValidator
{
    private const int MaxCategoryLength = 100;

    /// <summary>Throws if the message can't be sent, or an option is out of range.</summary>
    public static void Validate(MimeMessage message, OutboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(message);

        if (!message.GetMailboxes().Any())
        {
            throw new ArgumentException("The message has no recipient.", nameof(message));
        }

        if (options.IdempotencyKey is { Length: 0 or > OutboxOptions.MaxIdempotencyKeyLength })
        {
            throw new ArgumentException($"The idempotency key must have 1 to {OutboxOptions.MaxIdempotencyKeyLength} characters.", nameof(options));
        }

        if (!Enum.IsDefined(options.Priority))
        {
            throw new ArgumentException($"'{options.Priority}' isn't a priority.", nameof(options));
        }

        if (options.Sending.Category?.Trim() is { Length: > MaxCategoryLength })
        {
            throw new ArgumentException($"The category must have at most {MaxCategoryLength} characters.", nameof(options));
        }
    }

    /// <summary>Returns the normalized name of a category, or null if there is none.</summary>
    public static string? NormalizeCategory(string? category) => string.IsNullOrWhiteSpace(category) ? null : category.Trim().ToLowerInvariant();
}
