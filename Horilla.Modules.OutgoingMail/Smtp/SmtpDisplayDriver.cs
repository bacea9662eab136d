using System.Globalization;
using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The groups Server and Sign-in in the form of an SMTP server.</summary>
public sealed class SmtpDisplayDriver(
    SecretField secretField,
    ServerFormContext form,
    SmtpSettingsParser parser,
    IStringLocalizer<SmtpDisplayDriver> stringLocalizer) : DisplayDriver<OutgoingMailConfiguration>
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public override bool CanHandleModel(OutgoingMailConfiguration configuration) => configuration.Type == SmtpServerType.TechnicalName;

    /// <inheritdoc />
    public override IDisplayResult? Display(OutgoingMailConfiguration configuration, BuildDisplayContext context)
        => configuration.GetOrCreate<SmtpServerSettings>().IsSecure
            ? null
            : Initialize<SmtpServerViewModel>("SmtpNotEncrypted_SummaryAdmin", _ => { }).Location("SummaryAdmin", "Header:5");

    /// <inheritdoc />
    public override IDisplayResult? Edit(OutgoingMailConfiguration configuration, BuildEditorContext context)
        => Editor(model => Fill(model, configuration));

    /// <inheritdoc />
    public override async Task<IDisplayResult?> UpdateAsync(OutgoingMailConfiguration configuration, UpdateEditorContext context)
    {
        var model = await ReadAsync(context);
        var modelState = context.Updater.ModelState;

        if (model.FillIn)
        {
            return FillIn(configuration, model, modelState);
        }

        var stored = configuration.GetOrCreate<SmtpServerSettings>();
        var (settings, host) = await parser.ParseAsync(model, stored, new FieldErrors(modelState, Prefix));
        var password = GetPasswordInput(configuration, model, stored, host);
        settings.ProtectedPassword = secretField.Update(password, modelState);

        configuration.Username = model.Username ?? "";
        configuration.Destination = settings.Destination;
        configuration.SearchTerms = GetSearchTerms(settings, host);
        configuration.Put(settings);
        form.CompleteTypePart();

        return Editor(shown =>
        {
            Fill(shown, configuration);
            shown.HasPassword = stored.ProtectedPassword is not null;
        });
    }

    /// <summary>The list finds the badge as well.</summary>
    private string GetSearchTerms(SmtpServerSettings settings, string? host)
        => string.Join('\n', host is null ? "" : HostNameParser.ToSearchTerms(host), settings.IsSecure ? "" : S["Not encrypted"].Value);

    private async Task<SmtpServerViewModel> ReadAsync(UpdateEditorContext context)
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
        model.Username = model.Username.TrimInvisible();

        return model;
    }

    private static void Fill(SmtpServerViewModel model, OutgoingMailConfiguration configuration)
    {
        var settings = configuration.GetOrCreate<SmtpServerSettings>();
        model.Provider = SmtpProviders.Find(settings.Provider, settings.Host)?.Id;
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
            Initialize("SmtpAdvanced_Edit", fill).Location("Advanced:1"),
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

    private SecretFieldInput GetPasswordInput(OutgoingMailConfiguration configuration, SmtpServerViewModel model, SmtpServerSettings stored, string? host) => new()
    {
        Configuration = configuration,
        SecretName = SmtpServerSettings.PasswordSecret,
        FieldName = $"{Prefix}.{nameof(SmtpServerViewModel.Password)}",
        Label = S["password"],
        NewValue = model.Password,
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
}
