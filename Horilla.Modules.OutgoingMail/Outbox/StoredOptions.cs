using System.Text.Json;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>How a stored message is sent.</summary>
internal sealed record StoredOptions
{
    public string? ConfigurationId { get; init; }

    public string? Username { get; init; }

    public bool ChoosesByFrom { get; init; } = true;

    public string? ActingName { get; init; }

    public string? ActingAddress { get; init; }

    public bool ResendIfInDoubt { get; init; }

    public static StoredOptions From(OutboxOptions options, MailboxAddress? actingUser) => new()
    {
        ConfigurationId = options.Sending.ConfigurationId,
        Username = options.Sending.Username,
        ChoosesByFrom = options.Sending.ChoosesByFrom,
        ActingName = actingUser?.Name,
        ActingAddress = actingUser?.Address,
        ResendIfInDoubt = options.ResendIfInDoubt,
    };

    public static StoredOptions Parse(string json) => JsonSerializer.Deserialize<StoredOptions>(json) ?? new StoredOptions();

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Returns the options that select a server.</summary>
    public OutgoingMailOptions ToOptions(string? category) => new()
    {
        ConfigurationId = ConfigurationId,
        Username = Username,
        ChoosesByFrom = ChoosesByFrom,
        Category = category,
    };

    /// <summary>Returns the user on whose behalf the message is sent, or null.</summary>
    public MailboxAddress? GetActingUser()
        => ActingName is null && ActingAddress is null ? null : new MailboxAddress(ActingName ?? "", MailboxAddress.TryParse(ActingAddress, out var mailbox) ? mailbox.Address : "");
}
