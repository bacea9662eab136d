using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The Application, Sender and Endpoints groups of an Outlook server's form, and the Outlook parts of its row in the list.</summary>
public sealed class OutlookDisplayDriver(
    SecretField secretField,
    OutlookRowModelFiller rowModelFiller,
    OutlookSignInStore signIns,
    OutlookCallbackAddress callback,
    ServerFormContext form,
    OutlookSettingsParser parser,
    IStringLocalizer<OutlookDisplayDriver> stringLocalizer) : DisplayDriver<OutgoingMailConfiguration>
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public override bool CanHandleModel(OutgoingMailConfiguration configuration) => configuration.Type == OutlookServerType.TechnicalName;

    /// <inheritdoc />
    public override IDisplayResult? Display(OutgoingMailConfiguration configuration, BuildDisplayContext context)
        => Combine(
            Initialize<OutlookRowViewModel>("OutlookStatus_SummaryAdmin", model => rowModelFiller.FillAsync(model, configuration)).Location("SummaryAdmin", "Status:5"),
            Initialize<OutlookRowViewModel>("OutlookActions_SummaryAdmin", model => rowModelFiller.FillAsync(model, configuration)).Location("SummaryAdmin", "Actions:1"));

    /// <inheritdoc />
    public override async Task<IDisplayResult?> EditAsync(OutgoingMailConfiguration configuration, BuildEditorContext context)
    {
        var state = await ReadStateAsync(configuration);

        return Editor(model => Fill(model, configuration, state));
    }

    /// <inheritdoc />
    public override async Task<IDisplayResult?> UpdateAsync(OutgoingMailConfiguration configuration, UpdateEditorContext context)
    {
        var model = await ReadAsync(context);
        var modelState = context.Updater.ModelState;

        if (model.FillIn)
        {
            return await FillInAsync(configuration, model, modelState);
        }

        var stored = configuration.GetOrCreate<OutlookServerSettings>();
        var settings = parser.Parse(model, new FieldErrors(modelState, Prefix));
        var clientSecret = GetClientSecretInput(configuration, model, stored, settings);
        settings.ProtectedClientSecret = secretField.Update(clientSecret, modelState);

        configuration.Username = model.Username ?? "";
        configuration.Destination = S["Microsoft Graph"];
        configuration.SearchTerms = Uri.TryCreate(settings.GraphEndpoint, UriKind.Absolute, out var graph) ? graph.Host : "";
        configuration.Put(settings);
        form.CompleteTypePart();

        var state = await ReadStateAsync(configuration);

        return Editor(shown =>
        {
            Fill(shown, configuration, state);
            shown.HasClientSecret = stored.ProtectedClientSecret is not null;
        });
    }

    private async Task<OutlookServerViewModel> ReadAsync(UpdateEditorContext context)
    {
        var model = new OutlookServerViewModel();

        await context.Updater.TryUpdateModelAsync(
            model,
            Prefix,
            m => m.ClientId,
            m => m.ClientSecret,
            m => m.RemoveClientSecret,
            m => m.TenantId,
            m => m.RedirectUri,
            m => m.Username,
            m => m.Cloud,
            m => m.FillIn,
            m => m.AuthorizationEndpoint,
            m => m.TokenEndpoint,
            m => m.GraphEndpoint,
            m => m.SendsLargeMails);
        model.ClientId = model.ClientId.TrimInvisible();
        model.ClientSecret = model.ClientSecret.TrimInvisible();
        model.TenantId = model.TenantId.TrimInvisible();
        model.RedirectUri = model.RedirectUri.TrimInvisible();
        model.Username = model.Username.TrimInvisible();

        return model;
    }

    private static void Fill(OutlookServerViewModel model, OutgoingMailConfiguration configuration, (string CallbackAddress, string? AccountName) state)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();
        model.ClientId = settings.ClientId;
        model.TenantId = settings.TenantId;
        model.RedirectUri = settings.RedirectUri.Length == 0 ? state.CallbackAddress : settings.RedirectUri;
        model.Username = configuration.Username;
        model.DisplayName = configuration.DisplayName;
        model.AuthorizationEndpoint = settings.AuthorizationEndpoint;
        model.TokenEndpoint = settings.TokenEndpoint;
        model.GraphEndpoint = settings.GraphEndpoint;
        model.SendsLargeMails = settings.SendsLargeMails;
        model.HasClientSecret = settings.ProtectedClientSecret is not null;
        model.AccountName = state.AccountName;
        model.Cloud = MicrosoftEndpoints.TryParseGraphEndpoint(settings.GraphEndpoint, out var graph)
            ? MicrosoftCloud.FindByHosts(settings.Authority?.Authority, graph.Authority)?.Id
            : null;
    }

    /// <summary>Reads what the form shows besides the settings.</summary>
    private async Task<(string CallbackAddress, string? AccountName)> ReadStateAsync(OutgoingMailConfiguration configuration)
        => (await callback.GetAsync(), await signIns.FindAsync(configuration.ConfigurationId) is { IsUsable: true } signIn && signIn.IsFor(configuration) ? signIn.AccountName : null);

    private CombinedResult Editor(Action<OutlookServerViewModel> fill)
        => Combine(
            Initialize("OutlookApplication_Edit", fill).Location("Content:1"),
            Initialize("OutlookSender_Edit", fill).Location("Content:2"),
            Initialize("OutlookEndpoints_Edit", fill).Location("Content:3"),
            Initialize("OutlookHint_Edit", fill).Location("Aside:1"));

    /// <summary>Fills in the endpoints of a cloud. The other fields stay as typed.</summary>
    private async Task<IDisplayResult?> FillInAsync(OutgoingMailConfiguration configuration, OutlookServerViewModel typed, ModelStateDictionary modelState)
    {
        form.IsFillIn = true;
        var cloud = MicrosoftCloud.Find(typed.Cloud);

        if (cloud is not null)
        {
            var tenant = string.IsNullOrWhiteSpace(typed.TenantId) ? "common" : typed.TenantId.Trim();
            Set(nameof(OutlookServerViewModel.AuthorizationEndpoint), cloud.AuthorizationEndpoint(tenant));
            Set(nameof(OutlookServerViewModel.TokenEndpoint), cloud.TokenEndpoint(tenant));
            Set(nameof(OutlookServerViewModel.GraphEndpoint), cloud.GraphEndpoint);
        }

        var state = await ReadStateAsync(configuration);

        return Editor(model =>
        {
            Fill(model, configuration, state);
            model.Notice = cloud is null
                ? S["Select one of the listed clouds to fill in its endpoints."]
                : S["Filled in for {0}. Nothing is saved yet.", cloud.Name];

            if (secretField.GetReentryHint(typed.ClientSecret, S["client secret"]) is { } hint)
            {
                model.Notice += " " + hint;
            }
        });

        void Set(string field, string value) => modelState.SetModelValue($"{Prefix}.{field}", value, value);
    }

    private SecretFieldInput GetClientSecretInput(OutgoingMailConfiguration configuration, OutlookServerViewModel model, OutlookServerSettings stored, OutlookServerSettings settings)
    {
        // Otherwise anyone who can edit the server could have the stored secret sent to a host of their choice.
        var otherHost = settings.Authority is { } authority && stored.Authority is { } storedAuthority && authority.Authority != storedAuthority.Authority ? storedAuthority.Authority : null;

        return new SecretFieldInput
        {
            Configuration = configuration,
            SecretName = OutlookServerSettings.ClientSecret,
            FieldName = $"{Prefix}.{nameof(OutlookServerViewModel.ClientSecret)}",
            Label = S["client secret"],
            NewValue = model.ClientSecret,
            Remove = model.RemoveClientSecret,
            StoredPayload = stored.ProtectedClientSecret,
            RequiredMessage = S["Enter the value of a client secret. You can create one in Microsoft Entra under Certificates & secrets."],
            CanKeepStored = otherHost is null,
            ReentryMessage = otherHost is null ? null : S["Re-enter the client secret. The stored one was entered for {0} and isn't sent to other hosts.", otherHost],
        };
    }
}
