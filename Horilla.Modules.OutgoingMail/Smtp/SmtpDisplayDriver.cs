using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;
using OrchardCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The groups Server and Sign-in in the form of an SMTP server.</summary>
public sealed class SmtpDisplayDriver(
    SecretField secretField,
    ServerFormContext form,
    SmtpHostValidator hostValidator,
    IStringLocalizer<SmtpDisplayDriver> stringLocalizer) : DisplayDriver<OutgoingMailConfiguration>
{
    private const int MaxUsernameLength = 254;

    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public override bool CanHandleModel(OutgoingMailConfiguration configuration) => configuration.Type == SmtpServerType.TechnicalName;

    /// <inheritdoc />
    public override IDisplayResult? Edit(OutgoingMailConfiguration configuration, BuildEditorContext context)
        => Editor(model => Fill(model, configuration));

    /// <inheritdoc />
    public override async Task<IDisplayResult?> UpdateAsync(OutgoingMailConfiguration configuration, UpdateEditorContext context)
    {
        var model = new SmtpServerViewModel();

        await context.Updater.TryUpdateModelAsync(
            model,
            Prefix,
            m => m.Provider,
            m => m.FillIn,
            m => m.Host,
            m => m.Port,
            m => m.UseTls,
            m => m.UseSsl,
            m => m.MaxConnections,
            m => m.LocalDomain,
            m => m.Username,
            m => m.Password,
            m => m.RemovePassword,
            m => m.NeedsNoSignIn);

        if (model.FillIn)
        {
            return FillIn(configuration, model, context.Updater.ModelState);
        }

        var stored = configuration.GetOrCreate<SmtpServerSettings>();
        model.Username = model.Username.TrimInvisible();
        model.Password = InvisibleCharacters.TrimInvisibleKeepSpaces(model.Password ?? "");
        var host = await ParseHostAsync(model.Host, context);
        var port = ParsePort(model.Port, context);
        ValidateSecurity(model, context);
        var maxConnections = ParseMaxConnections(model.MaxConnections, context);
        var localDomain = ParseLocalDomain(model.LocalDomain, context);
        ValidateUsername(model, context);
        var password = GetPasswordInput(configuration, model, stored, host);

        var settings = new SmtpServerSettings
        {
            Host = host ?? model.Host.TrimInvisible(),
            Port = port ?? stored.Port,
            UseTls = model.UseTls,
            UseSsl = model.UseSsl,
            MaxConnections = maxConnections ?? stored.MaxConnections,
            LocalDomain = localDomain,
            NeedsNoSignIn = model.NeedsNoSignIn,
            ProtectedPassword = secretField.Update(password, context.Updater.ModelState),
        };

        configuration.Username = model.Username;
        configuration.Destination = settings.Destination;
        configuration.SearchTerms = host is null ? "" : HostNameParser.ToSearchTerms(host);
        configuration.Put(settings);
        form.CompleteTypePart();

        secretField.RequireReentry(password, context.Updater.ModelState);

        return Editor(shown =>
        {
            Fill(shown, configuration);
            shown.HasPassword = stored.ProtectedPassword is not null;
        });
    }

    private static void Fill(SmtpServerViewModel model, OutgoingMailConfiguration configuration)
    {
        var settings = configuration.GetOrCreate<SmtpServerSettings>();
        model.Provider = SmtpProviders.FindByHost(settings.Host)?.Id;
        model.Host = settings.Host;
        model.Port = settings.Port.ToString(CultureInfo.InvariantCulture);
        model.UseTls = settings.UseTls;
        model.UseSsl = settings.UseSsl;
        model.MaxConnections = settings.MaxConnections.ToString(CultureInfo.InvariantCulture);
        model.LocalDomain = settings.LocalDomain;
        model.Username = configuration.Username;
        model.NeedsNoSignIn = settings.NeedsNoSignIn;
        model.HasPassword = settings.ProtectedPassword is not null;
        model.SendsPasswordUnencrypted = settings.SendsPasswordUnencrypted;
    }

    private CombinedResult Editor(Action<SmtpServerViewModel> fill)
        => Combine(
            Initialize("SmtpServer_Edit", fill).Location("Content:1"),
            Initialize("SmtpSignIn_Edit", fill).Location("Content:2"),
            Initialize("SmtpHint_Edit", fill).Location("Aside:1"));

    /// <summary>Fills in a provider's settings. The other fields stay as they were typed.</summary>
    private CombinedResult FillIn(OutgoingMailConfiguration configuration, SmtpServerViewModel typed, ModelStateDictionary modelState)
    {
        form.IsFillIn = true;
        var provider = SmtpProviders.Find(typed.Provider);

        if (provider is not null)
        {
            Set(nameof(SmtpServerViewModel.Host), provider.Host);
            Set(nameof(SmtpServerViewModel.Port), provider.Port.ToString(CultureInfo.InvariantCulture));
            Set(nameof(SmtpServerViewModel.UseTls), provider.UseSsl ? "false" : "true");
            Set(nameof(SmtpServerViewModel.UseSsl), provider.UseSsl ? "true" : "false");
        }

        return Editor(model =>
        {
            Fill(model, configuration);
            model.Provider = provider?.Id;
            model.Notice = provider is null
                ? S["Nothing was filled in. Your provider's help lists the host, port and security to use."]
                : S["Filled in for {0}. Nothing is saved yet.", provider.Name];

            if (secretField.GetReentryHint(typed.Password, S["password"]) is { } hint)
            {
                model.Notice += " " + hint;
            }
        });

        void Set(string field, string value) => modelState.SetModelValue($"{Prefix}.{field}", value, value);
    }

    private async Task<string?> ParseHostAsync(string? text, UpdateEditorContext context)
    {
        var typed = text.TrimInvisible();

        if (typed.Length == 0)
        {
            AddModelError(context, nameof(SmtpServerViewModel.Host), S["Enter the host name of the mail server, for example smtp.example.com."]);

            return null;
        }

        if (InvisibleCharacters.GetErrorMessage(typed, S) is { } errorMessage)
        {
            AddModelError(context, nameof(SmtpServerViewModel.Host), errorMessage);

            return null;
        }

        if (!HostNameParser.TryParse(typed, out var host))
        {
            AddModelError(context, nameof(SmtpServerViewModel.Host), S["'{0}' isn't a valid host name or IP address. Enter only the name, for example smtp.example.com, without https://, path, port or spaces.", typed.TruncateInput()]);

            return null;
        }

        if (await hostValidator.ValidateAsync(host) is { } hostError)
        {
            AddModelError(context, nameof(SmtpServerViewModel.Host), hostError);
        }

        return host;
    }

    private string? ParseLocalDomain(string? text, UpdateEditorContext context)
    {
        var typed = text.TrimInvisible();

        if (typed.Length > 0 && !SmtpLocalDomainResolver.IsValid(typed))
        {
            AddModelError(context, nameof(SmtpServerViewModel.LocalDomain), S["'{0}' isn't a fully qualified host name or an address in brackets. Enter a name such as mail.example.com, or leave this empty.", typed.TruncateInput()]);
        }

        return typed.Length == 0 ? null : typed;
    }

    private int? ParsePort(string? text, UpdateEditorContext context)
        => ParseNumber(text, 65535, nameof(SmtpServerViewModel.Port), S["Enter a port from 1 to 65535: usually 587 with Use TLS, or 465 with Use SSL."], context);

    private int? ParseMaxConnections(string? text, UpdateEditorContext context)
        => ParseNumber(text, SmtpServerSettings.MaxConnectionsLimit, nameof(SmtpServerViewModel.MaxConnections), S["Enter a number of connections from 1 to {0}. 4 is a good start.", SmtpServerSettings.MaxConnectionsLimit], context);

    private int? ParseNumber(string? text, int max, string field, LocalizedString message, UpdateEditorContext context)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
        {
            return number;
        }

        AddModelError(context, field, message);

        return null;
    }

    private void ValidateSecurity(SmtpServerViewModel model, UpdateEditorContext context)
    {
        if (model.UseTls && model.UseSsl)
        {
            AddModelError(context, nameof(SmtpServerViewModel.UseSsl), S["Choose either Use TLS (STARTTLS, usually port 587) or Use SSL (implicit TLS, usually port 465), not both."]);
        }
    }

    private void ValidateUsername(SmtpServerViewModel model, UpdateEditorContext context)
    {
        var username = model.Username?.Trim() ?? "";

        if (username.Length == 0 && !model.NeedsNoSignIn)
        {
            AddModelError(context, nameof(SmtpServerViewModel.Username), S["Enter the user name to sign in with, usually the full email address, or select 'No sign-in required'."]);
        }
        else if (username.Length > MaxUsernameLength || username.Any(char.IsControl))
        {
            AddModelError(context, nameof(SmtpServerViewModel.Username), S["The user name can have at most {0} characters and no line breaks.", MaxUsernameLength]);
        }
        else if (InvisibleCharacters.GetErrorMessage(username, S) is { } errorMessage)
        {
            AddModelError(context, nameof(SmtpServerViewModel.Username), errorMessage);
        }
    }

    private SecretFieldInput GetPasswordInput(OutgoingMailConfiguration configuration, SmtpServerViewModel model, SmtpServerSettings stored, string? host) => new()
    {
        Configuration = configuration,
        Secret = SmtpServerSettings.PasswordSecret,
        FieldName = $"{Prefix}.{nameof(SmtpServerViewModel.Password)}",
        Name = S["password"],
        Typed = model.Password,
        Remove = model.RemovePassword,
        StoredPayload = stored.ProtectedPassword,
        RequiredMessage = model.NeedsNoSignIn ? null : S["Enter the password, or select 'No sign-in required'."],
        CanKeepStored = IsSameHost(stored, host) && IsAsSecure(stored, model),
        ReentryMessage = model switch
        {
            { NeedsNoSignIn: true } => null,
            _ when !IsSameHost(stored, host) => S["Re-enter the password. The stored one was entered for {0} and isn't sent to any other host.", stored.Host],
            _ => S["Re-enter the password if it may be sent unencrypted. The stored one was entered for a connection with TLS."],
        },
    };

    /// <summary>A stored password is never sent to another host. Otherwise anyone who can edit could have it sent to their own server.</summary>
    private static bool IsSameHost(SmtpServerSettings stored, string? host) => host is null || host == stored.Host;

    /// <summary>A stored password that was entered for a connection with TLS is never sent unencrypted.</summary>
    private static bool IsAsSecure(SmtpServerSettings stored, SmtpServerViewModel model) => !stored.IsSecure || model.UseTls || model.UseSsl;

    private void AddModelError(UpdateEditorContext context, string field, LocalizedString message)
        => context.Updater.ModelState.AddModelError(Prefix, field, message.Value);
}
