using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>A secret in a posted form, and what is stored of it.</summary>
public sealed record SecretFieldInput
{
    /// <summary>The configuration that the secret belongs to.</summary>
    public required OutgoingMailConfiguration Configuration { get; init; }

    /// <summary>The name that the secret is protected with, for example <c>Password</c>. It never changes.</summary>
    public required string Secret { get; init; }

    /// <summary>The full name of the form field, for example <c>SmtpDisplayDriver.Password</c>.</summary>
    public required string FieldName { get; init; }

    /// <summary>What the secret is called within a sentence, for example "password".</summary>
    public required LocalizedString Name { get; init; }

    /// <summary>What was typed. Null or empty keeps the stored secret.</summary>
    public string? Typed { get; init; }

    /// <summary>Whether the stored secret is to be removed.</summary>
    public bool Remove { get; init; }

    /// <summary>The stored payload, or null if there is none.</summary>
    public string? StoredPayload { get; init; }

    /// <summary>The error if nothing is typed or stored; null if the secret is optional.</summary>
    public LocalizedString? RequiredMessage { get; init; }

    /// <summary>Whether the stored secret can be kept. It can't if it would then be sent to another host, for example.</summary>
    public bool CanKeepStored { get; init; } = true;

    /// <summary>The error if the stored secret can't be kept and nothing is typed; null if it's then removed without an error.</summary>
    public LocalizedString? ReentryMessage { get; init; }
}
