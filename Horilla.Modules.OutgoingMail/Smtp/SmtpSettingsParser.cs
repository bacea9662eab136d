using System.Globalization;
using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Parses and validates what was typed in the form of an SMTP server, except the password. Scoped.</summary>
public sealed class SmtpSettingsParser(SmtpHostValidator hostValidator, IStringLocalizer<SmtpSettingsParser> stringLocalizer)
{
    private const int MaxUsernameLength = 254;

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Parses the fields.</summary>
    /// <param name="model">The typed values.</param>
    /// <param name="stored">The stored settings, used in place of invalid numbers.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <returns>The settings, and the host if it's valid.</returns>
    internal async Task<(SmtpServerSettings Settings, string? Host)> ParseAsync(SmtpServerViewModel model, SmtpServerSettings stored, FieldErrors errors)
    {
        var host = await ParseHostAsync(model.Host, errors);
        var settings = new SmtpServerSettings
        {
            Provider = SmtpProviders.Find(model.Provider, host)?.Id,
            Host = host ?? model.Host.TrimInvisible(),
            Port = ParseNumber(model.Port, 65535, nameof(model.Port), S["Enter a port from 1 to 65535: usually 587 with Use TLS, or 465 with Use SSL."], errors) ?? stored.Port,
            UseTls = model.UseTls,
            UseSsl = model.UseSsl,
            NeedsNoSignIn = model.NeedsNoSignIn,
        };

        if (model.UseTls && model.UseSsl)
        {
            errors.Add(nameof(model.UseSsl), S["Choose either Use TLS (STARTTLS, usually port 587) or Use SSL (implicit TLS, usually port 465), not both."]);
        }

        settings.MaxConnections = ParseNumber(model.MaxConnections, SmtpServerSettings.MaxConnectionsLimit, nameof(model.MaxConnections), S["Enter a number of connections from 1 to {0}. 4 is a good start.", SmtpServerSettings.MaxConnectionsLimit], errors) ?? stored.MaxConnections;
        settings.LocalDomain = ParseLocalDomain(model.LocalDomain, errors);
        ValidateUsername(model, errors);

        return (settings, host);
    }

    private async Task<string?> ParseHostAsync(string? text, FieldErrors errors)
    {
        const string field = nameof(SmtpServerViewModel.Host);
        var typed = text.TrimInvisible();

        if (typed.Length == 0)
        {
            errors.Add(field, S["Enter the host name of the mail server, for example smtp.example.com."]);

            return null;
        }

        if (InvisibleCharacters.GetErrorMessage(typed, S) is { } errorMessage)
        {
            errors.Add(field, errorMessage);

            return null;
        }

        if (!HostNameParser.TryParse(typed, out var host))
        {
            errors.Add(field, S["'{0}' isn't a valid host name or IP address. Enter only the name, for example smtp.example.com, without https://, path, port or spaces.", typed.TruncateInput()]);

            return null;
        }

        if (await hostValidator.ValidateAsync(host) is { } hostError)
        {
            errors.Add(field, hostError);
        }

        return host;
    }

    private string? ParseLocalDomain(string? text, FieldErrors errors)
    {
        var typed = text.TrimInvisible();

        if (typed.Length > 0 && !SmtpLocalDomainResolver.IsValid(typed))
        {
            errors.Add(nameof(SmtpServerViewModel.LocalDomain), S["'{0}' isn't a fully qualified host name or an address in brackets. Enter a name such as mail.example.com, or leave this empty.", typed.TruncateInput()]);
        }

        return typed.Length == 0 ? null : typed;
    }

    private static int? ParseNumber(string? text, int max, string field, LocalizedString message, FieldErrors errors)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
        {
            return number;
        }

        errors.Add(field, message);

        return null;
    }

    private void ValidateUsername(SmtpServerViewModel model, FieldErrors errors)
    {
        const string field = nameof(SmtpServerViewModel.Username);
        var username = model.Username?.Trim() ?? "";

        if (username.Length == 0 && !model.NeedsNoSignIn)
        {
            errors.Add(field, S["Enter the user name to sign in with, usually the full email address, or select 'No sign-in required'."]);
        }
        else if (username.Length > MaxUsernameLength || username.Any(char.IsControl))
        {
            errors.Add(field, S["The user name can have at most {0} characters and no line breaks.", MaxUsernameLength]);
        }
        else if (InvisibleCharacters.GetErrorMessage(username, S) is { } errorMessage)
        {
            errors.Add(field, errorMessage);
        }
    }
}
