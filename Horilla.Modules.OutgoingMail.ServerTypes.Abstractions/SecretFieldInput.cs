using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>A secret in a posted form, and what is stored of it.</summary>
public sealed record SecretFieldInput
{
    /// <summary>The configuration that the secret belongs to.</summary>
    public required OutgoingMailConfiguration Configuration { get; init; }

    /// <summary>The name that the secret is protected with, for example <c>Password</c>: the <c>field</c> of <see cref="SecretProtector"/>. It never changes.</summary>
    public required string SecretName { get; init; }

    /// <summary>The full name of the form field: the driver's <c>Prefix</c>, a dot, and the name of the property.</summary>
    public required string FieldName { get; init; }

    /// <summary>What the secret is called within a sentence, for example "password".</summary>
    public required LocalizedString Label { get; init; }

    /// <summary>The secret that was typed. Null or empty keeps the stored one. Invisible characters around it, which come with copied text, are removed.</summary>
    public string? NewValue { get; init; }

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
