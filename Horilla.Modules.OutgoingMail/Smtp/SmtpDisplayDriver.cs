using System.Globalization;
using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;
using OrchardCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The groups Server and Sign-in of the form of an SMTP server.</summary>
public sealed class SmtpDisplayDriver(
    SecretProtector secrets,
    PostedForm form,
    SmtpHostCheck hostCheck,
    IStringLocalizer<SmtpDisplayDriver> stringLocalizer) : DisplayDriver<OutgoingMailConfiguration>
{
    private const int MaxUsernameLength = 254;
    private const int MaxPasswordLength = 1024;

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
        model.Password = InvisibleCharacters.TrimInvisibleOfSecret(model.Password ?? "");
        var host = await ReadHostAsync(model.Host, context);
        var port = ReadPort(model.Port, context);
        CheckSecurity(model, context);
        var maxConnections = ReadMaxConnections(model.MaxConnections, context);
        var localDomain = ReadLocalDomain(model.LocalDomain, context);
        CheckUsername(model, context);
        CheckPassword(model, stored, host, context);

        var settings = new SmtpServerSettings
        {
            Host = host ?? model.Host.TrimInvisible(),
            Port = port ?? stored.Port,
            UseTls = model.UseTls,
            UseSsl = model.UseSsl,
            MaxConnections = maxConnections ?? stored.MaxConnections,
            LocalDomain = localDomain,
            NeedsNoSignIn = model.NeedsNoSignIn,
            ProtectedPassword = ReadPassword(model, stored, host, configuration.ConfigurationId),
        };

        configuration.Username = model.Username;
        configuration.Destination = settings.Destination;
        configuration.SearchTerms = host is null ? "" : HostNames.Spellings(host);
        configuration.Put(settings);
        form.TypePartIsRead();

        if (!string.IsNullOrEmpty(model.Password) && !context.Updater.ModelState.IsValid)
        {
            // Or else an old one would be kept unnoticed.
            Fail(context, nameof(SmtpServerViewModel.Password), S["Re-enter the password. It isn't kept when the form is shown again."]);
        }

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
        model.SendsPasswordInClear = settings.SendsPasswordInClear;
    }

    private CombinedResult Editor(Action<SmtpServerViewModel> fill)
        => Combine(
            Initialize("SmtpServer_Edit", fill).Location("Content:1"),
            Initialize("SmtpSignIn_Edit", fill).Location("Content:2"),
            Initialize("SmtpHint_Edit", fill).Location("Aside:1"));

    /// <summary>Puts what a provider wants into the form. The other fields stay as they were typed.</summary>
    private CombinedResult FillIn(OutgoingMailConfiguration configuration, SmtpServerViewModel typed, ModelStateDictionary modelState)
    {
        form.IsDraft = true;
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
                ? S["There is nothing to fill in for another provider: its help tells host, port and security."]
                : S["Filled in for {0}. Nothing is saved yet.", provider.Name];

            if (!string.IsNullOrEmpty(typed.Password))
            {
                model.Notice += " " + S["Re-enter the password. It isn't kept when the form is shown again."];
            }
        });

        void Set(string field, string value) => modelState.SetModelValue($"{Prefix}.{field}", value, value);
    }

    private async Task<string?> ReadHostAsync(string? text, UpdateEditorContext context)
    {
        var typed = text.TrimInvisible();

        if (typed.Length == 0)
        {
            Fail(context, nameof(SmtpServerViewModel.Host), S["Enter the host name of the mail server, for example smtp.example.com."]);

            return null;
        }

        if (InvisibleCharacters.Complaint(typed, S) is { } complaint)
        {
            Fail(context, nameof(SmtpServerViewModel.Host), complaint);

            return null;
        }

        if (!HostNames.TryRead(typed, out var host))
        {
            Fail(context, nameof(SmtpServerViewModel.Host), S["'{0}' isn't a valid host name or IP address. Enter only the name, for example smtp.example.com: no https://, no path, no port and no spaces.", Excerpt.Of(typed)]);

            return null;
        }

        if (await hostCheck.ExplainAsync(host) is { } problem)
        {
            Fail(context, nameof(SmtpServerViewModel.Host), problem);
        }

        return host;
    }

    private string? ReadLocalDomain(string? text, UpdateEditorContext context)
    {
        var typed = text.TrimInvisible();

        if (typed.Length > 0 && !SmtpLocalDomain.IsValid(typed))
        {
            Fail(context, nameof(SmtpServerViewModel.LocalDomain), S["'{0}' isn't a fully qualified host name or an address in brackets. Enter a name such as mail.example.com, or leave this empty.", Excerpt.Of(typed)]);
        }

        return typed.Length == 0 ? null : typed;
    }

    private int? ReadPort(string? text, UpdateEditorContext context)
        => ReadNumber(text, 65535, nameof(SmtpServerViewModel.Port), S["Port is a number from 1 to 65535. STARTTLS (Use TLS) usually is on 587, TLS from the first byte (Use SSL) on 465."], context);

    private int? ReadMaxConnections(string? text, UpdateEditorContext context)
        => ReadNumber(text, SmtpServerSettings.MaxConnectionsLimit, nameof(SmtpServerViewModel.MaxConnections), S["Maximum connections is a number from 1 to {0}. 4 is a good start.", SmtpServerSettings.MaxConnectionsLimit], context);

    private int? ReadNumber(string? text, int most, string field, LocalizedString message, UpdateEditorContext context)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        Fail(context, field, message);

        return null;
    }

    private void CheckSecurity(SmtpServerViewModel model, UpdateEditorContext context)
    {
        if (model.UseTls && model.UseSsl)
        {
            Fail(context, nameof(SmtpServerViewModel.UseSsl), S["Choose one of them: Use TLS begins in clear and switches to TLS (STARTTLS, usually on port 587), Use SSL is TLS from the first byte (usually on port 465)."]);
        }
    }

    private void CheckUsername(SmtpServerViewModel model, UpdateEditorContext context)
    {
        var username = model.Username?.Trim() ?? "";

        if (username.Length == 0 && !model.NeedsNoSignIn)
        {
            Fail(context, nameof(SmtpServerViewModel.Username), S["Enter the name to sign in with, which usually is the mail address; or tick 'This server needs no sign-in'."]);
        }
        else if (username.Length > MaxUsernameLength || username.Any(char.IsControl))
        {
            Fail(context, nameof(SmtpServerViewModel.Username), S["The user name may have {0} characters at most, and no line break.", MaxUsernameLength]);
        }
        else if (InvisibleCharacters.Complaint(username, S) is { } complaint)
        {
            Fail(context, nameof(SmtpServerViewModel.Username), complaint);
        }
    }

    private void CheckPassword(SmtpServerViewModel model, SmtpServerSettings stored, string? host, UpdateEditorContext context)
    {
        if (!string.IsNullOrEmpty(model.Password))
        {
            CheckTypedPassword(model, context);
        }
        else if (model.NeedsNoSignIn || model.RemovePassword)
        {
            return;
        }
        else if (stored.ProtectedPassword is null)
        {
            Fail(context, nameof(SmtpServerViewModel.Password), S["Enter the password, or tick 'This server needs no sign-in'."]);
        }
        else if (host is not null && host != stored.Host)
        {
            Fail(context, nameof(SmtpServerViewModel.Password), S["Enter the password again: what is stored was entered for {0}, and goes nowhere else.", stored.Host]);
        }
        else if (!MayKeep(model, stored, host))
        {
            Fail(context, nameof(SmtpServerViewModel.Password), S["Enter the password again if it may be sent in clear: what is stored was entered for a connection with TLS."]);
        }
    }

    private void CheckTypedPassword(SmtpServerViewModel model, UpdateEditorContext context)
    {
        if (model.RemovePassword)
        {
            Fail(context, nameof(SmtpServerViewModel.Password), S["Enter a new password or remove the stored one, not both."]);
        }
        else if (model.Password!.Length > MaxPasswordLength || model.Password.Any(char.IsControl))
        {
            Fail(context, nameof(SmtpServerViewModel.Password), S["The password may have {0} characters at most, and no line break.", MaxPasswordLength]);
        }
        else if (InvisibleCharacters.Complaint(model.Password, S) is { } complaint)
        {
            Fail(context, nameof(SmtpServerViewModel.Password), complaint);
        }
    }

    /// <summary>A typed password replaces the stored one; an empty box keeps it where it is, unless it is to be removed.</summary>
    private string? ReadPassword(SmtpServerViewModel model, SmtpServerSettings stored, string? host, string configurationId)
    {
        if (!string.IsNullOrEmpty(model.Password))
        {
            return secrets.Protect(configurationId, SmtpServerSettings.PasswordSecret, model.Password);
        }

        return model.RemovePassword || !MayKeep(model, stored, host) ? null : stored.ProtectedPassword;
    }

    /// <summary>What is stored goes to no other host, and not in clear: or else who may edit could have it sent to a server of their own.</summary>
    private static bool MayKeep(SmtpServerViewModel model, SmtpServerSettings stored, string? host)
        => (host is null || host == stored.Host) && (!stored.IsSecure || model.UseTls || model.UseSsl);

    private void Fail(UpdateEditorContext context, string field, LocalizedString message)
        => context.Updater.ModelState.AddModelError(Prefix, field, message.Value);
}
