using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// A form field for a secret. It never shows the stored secret: what is typed replaces it, an empty field keeps it, and a
/// checkbox removes it. Scoped.
/// </summary>
public sealed class SecretField(SecretProtector protector, IStringLocalizer<SecretField> stringLocalizer)
{
    /// <summary>The maximum length of a secret, in characters.</summary>
    public const int MaxLength = 1024;

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>The secrets that were typed in this request.</summary>
    private readonly List<SecretFieldInput> _typed = [];

    /// <summary>Validates the field.</summary>
    /// <returns>The payload to store, or null if no secret is to be stored.</returns>
    public string? Update(SecretFieldInput input, ModelStateDictionary modelState)
    {
        input = input with { NewValue = InvisibleCharacters.TrimInvisibleKeepSpaces(input.NewValue ?? "") };

        if (GetError(input) is { } error)
        {
            modelState.AddModelError(input.FieldName, error.Value);
        }

        if (!string.IsNullOrEmpty(input.NewValue))
        {
            _typed.Add(input);
        }

        return string.IsNullOrEmpty(input.NewValue)
            ? input.Remove || !input.CanKeepStored ? null : input.StoredPayload
            : protector.Protect(input.Configuration.ConfigurationId, input.SecretName, input.NewValue);
    }

    /// <summary>Asks to enter all typed secrets again, because the form is shown again and doesn't keep them.</summary>
    internal void RequireReentry(ModelStateDictionary modelState)
    {
        foreach (var input in _typed)
        {
            modelState.AddModelError(input.FieldName, GetReentryHint(input.NewValue, input.Label)!.Value);
        }
    }

    /// <summary>Returns the hint that a typed secret has to be entered again because the form doesn't keep it; null if nothing was typed.</summary>
    public LocalizedString? GetReentryHint(string? newValue, LocalizedString label)
        => string.IsNullOrEmpty(newValue) ? null : S["Re-enter the {0}. It isn't kept when the form is shown again.", label.Value];

    /// <summary>Compares the stored payloads of an edit and of the version that someone else saved in the meantime, without showing a secret.</summary>
    public FieldDifference GetDifference(LocalizedString label, string? mine, string? theirs)
        => new(label, Describe(mine, mine == theirs), Describe(theirs, isStored: true));

    private string Describe(string? payload, bool isStored)
        => payload is null ? S["None"] : isStored ? S["Stored"] : S["Changed, but not stored yet. Re-enter it."];

    private LocalizedString? GetError(SecretFieldInput input)
    {
        if (string.IsNullOrEmpty(input.NewValue))
        {
            return input switch
            {
                { Remove: true } => null,
                { StoredPayload: null } => input.RequiredMessage,
                { CanKeepStored: false } => input.ReentryMessage,
                _ => null,
            };
        }

        if (input.Remove)
        {
            return S["Enter a new {0} or remove the stored one, not both.", input.Label.Value];
        }

        return input.NewValue.Length > MaxLength || input.NewValue.Any(char.IsControl)
            ? S["The {0} can have at most {1} characters and no line breaks.", input.Label.Value, MaxLength]
            : InvisibleCharacters.GetErrorMessage(input.NewValue, S);
    }
}
