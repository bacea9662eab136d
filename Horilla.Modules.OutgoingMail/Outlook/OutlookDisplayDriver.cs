using System.Text.RegularExpressions;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;
using OrchardCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The Application, Sender and Endpoints groups of an Outlook server's form, and the Outlook parts of its row in the list.</summary>
public sealed partial class OutlookDisplayDriver(
    SecretField secretField,
    OutlookRowModelFiller rowModelFiller,
    OutlookCallbackAddress callback,
    ServerFormContext form,
    IOptions<OutlookOptions> options,
    IStringLocalizer<OutlookDisplayDriver> stringLocalizer) : DisplayDriver<OutgoingMailConfiguration>
{
    private const int MaxUriLength = 2000;

    private static readonly string[] Audiences = ["common", "organizations", "consumers"];

    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public override bool CanHandleModel(OutgoingMailConfiguration configuration) => configuration.Type == OutlookServerType.TechnicalName;

    /// <inheritdoc />
    public override Task<IDisplayResult?> DisplayAsync(OutgoingMailConfiguration configuration, BuildDisplayContext context)
        => CombineAsync(
            Initialize<OutlookRowViewModel>("OutlookStatus_SummaryAdmin", model => rowModelFiller.FillAsync(model, configuration)).Location("SummaryAdmin", "Meta:5"),
            Initialize<OutlookRowViewModel>("OutlookActions_SummaryAdmin", model => rowModelFiller.FillAsync(model, configuration)).Location("SummaryAdmin", "Actions:1"));

    /// <inheritdoc />
    public override async Task<IDisplayResult?> EditAsync(OutgoingMailConfiguration configuration, BuildEditorContext context)
    {
        var address = await callback.GetAsync();

        return Editor(model => Fill(model, configuration, address));
    }

    /// <inheritdoc />
    public override async Task<IDisplayResult?> UpdateAsync(OutgoingMailConfiguration configuration, UpdateEditorContext context)
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

        if (model.FillIn)
        {
            return await FillInAsync(configuration, model, context.Updater.ModelState);
        }

        model.ClientId = model.ClientId.TrimInvisible();
        model.ClientSecret = model.ClientSecret.TrimInvisible();
        model.TenantId = model.TenantId.TrimInvisible();
        model.RedirectUri = model.RedirectUri.TrimInvisible();
        model.Username = model.Username.TrimInvisible();
        var stored = configuration.GetOrCreate<OutlookServerSettings>();
        var settings = new OutlookServerSettings
        {
            ClientId = ParseClientId(model.ClientId, context),
            TenantId = ParseTenantId(model.TenantId, context),
            RedirectUri = ParseRedirectUri(model.RedirectUri, context),
            GraphEndpoint = ParseGraphEndpoint(model.GraphEndpoint, context),
            SendsLargeMails = model.SendsLargeMails,
        };

        // "common" in the endpoints is replaced with the Tenant ID.
        settings.AuthorizationEndpoint = ReplaceCommonTenant(model.AuthorizationEndpoint, settings.TenantId);
        settings.TokenEndpoint = ReplaceCommonTenant(model.TokenEndpoint, settings.TenantId);
        ValidateEndpoints(settings, context);
        ValidateUsername(model, context);
        var clientSecret = GetClientSecretInput(configuration, model, stored, settings);
        settings.ProtectedClientSecret = secretField.Update(clientSecret, context.Updater.ModelState);

        configuration.Username = model.Username;
        configuration.DefaultFrom = configuration.Username;
        configuration.Destination = S["Microsoft Graph"];
        configuration.SearchTerms = Uri.TryCreate(settings.GraphEndpoint, UriKind.Absolute, out var graph) ? graph.Host : "";
        configuration.Put(settings);
        form.CompleteTypePart();

        secretField.RequireReentry(clientSecret, context.Updater.ModelState);

        var address = await callback.GetAsync();

        return Editor(shown =>
        {
            Fill(shown, configuration, address);
            shown.HasClientSecret = stored.ProtectedClientSecret is not null;
        });
    }

    private static void Fill(OutlookServerViewModel model, OutgoingMailConfiguration configuration, string callbackAddress)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();
        model.ClientId = settings.ClientId;
        model.TenantId = settings.TenantId;
        model.RedirectUri = settings.RedirectUri.Length == 0 ? callbackAddress : settings.RedirectUri;
        model.Username = configuration.Username;
        model.DisplayName = configuration.DisplayName;
        model.AuthorizationEndpoint = settings.AuthorizationEndpoint;
        model.TokenEndpoint = settings.TokenEndpoint;
        model.GraphEndpoint = settings.GraphEndpoint;
        model.SendsLargeMails = settings.SendsLargeMails;
        model.HasClientSecret = settings.ProtectedClientSecret is not null;
        model.Cloud = MicrosoftEndpoints.TryParseGraphEndpoint(settings.GraphEndpoint, out var graph)
            ? MicrosoftCloud.FindByHosts(settings.Authority?.Authority, graph.Authority)?.Id
            : null;
    }

    private static string ReplaceCommonTenant(string? endpoint, string tenant)
    {
        var typed = endpoint?.Trim() ?? "";

        return tenant.Length > 0 ? CommonTenant().Replace(typed, match => $"{match.Groups[1].Value}{tenant}{match.Groups[2].Value}") : typed;
    }

    /// <summary>Matches an endpoint for any tenant.</summary>
    [GeneratedRegex("^(https://[^/]+/)common(/oauth2/v2\\.0/)", RegexOptions.IgnoreCase)]
    private static partial Regex CommonTenant();

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

        var address = await callback.GetAsync();

        return Editor(model =>
        {
            Fill(model, configuration, address);
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

    private string ParseClientId(string? text, UpdateEditorContext context)
    {
        if (Guid.TryParse(text?.Trim(), out var id) && id != Guid.Empty)
        {
            return id.ToString("D");
        }

        AddModelError(context, nameof(OutlookServerViewModel.ClientId), S["Enter the application (client) ID from Microsoft Entra, for example 0b1e9c1e-5d3a-4c0e-9b7b-2f6f5c1d2e3f."]);

        return text?.Trim() ?? "";
    }

    private string ParseTenantId(string? text, UpdateEditorContext context)
    {
        var tenant = text?.Trim().ToLowerInvariant() ?? "";

        if (Guid.TryParse(tenant, out var id))
        {
            return id.ToString("D");
        }

        if (!Audiences.Contains(tenant) && !DomainName().IsMatch(tenant))
        {
            AddModelError(context, nameof(OutlookServerViewModel.TenantId), S["Enter the directory (tenant) ID, a domain name of the tenant (for example example.com), or common, organizations or consumers."]);
        }

        return tenant;
    }

    private string ParseRedirectUri(string? text, UpdateEditorContext context)
    {
        var typed = text?.Trim() ?? "";

        if (typed.Length > MaxUriLength
            || !Uri.TryCreate(typed, UriKind.Absolute, out var uri)
            || uri.Fragment.Length > 0
            || uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        {
            AddModelError(context, nameof(OutlookServerViewModel.RedirectUri), S["Enter the full address that Microsoft redirects the browser to, with https (http only for localhost). Usually it's the address that the form suggests. If that one has http, open this site with https, or ask an operator to set the base URL under Settings > General."]);
        }

        return typed;
    }

    private string ParseGraphEndpoint(string? text, UpdateEditorContext context)
    {
        var typed = text?.Trim().TrimEnd('/') ?? "";

        if (typed.Length > MaxUriLength || !MicrosoftEndpoints.TryParseGraphEndpoint(typed, out var endpoint))
        {
            AddModelError(context, nameof(OutlookServerViewModel.GraphEndpoint), S["Enter an https address that ends with the version of Microsoft Graph, for example {0}.", MicrosoftCloud.Global.GraphEndpoint]);
        }
        else if (!options.Value.AllowsGraph(endpoint))
        {
            AddModelError(context, nameof(OutlookServerViewModel.GraphEndpoint), S["This site isn't allowed to send through {0}. Select one of Microsoft's clouds. To use this host, ask an operator to allow it.", endpoint.Authority]);
        }

        return typed;
    }

    private void ValidateEndpoints(OutlookServerSettings settings, UpdateEditorContext context)
    {
        var isAuthorization = MicrosoftEndpoints.TryParseAuthorizationEndpoint(settings.AuthorizationEndpoint, out var authority) && settings.AuthorizationEndpoint.Length <= MaxUriLength;
        var isToken = MicrosoftEndpoints.TryParseTokenEndpoint(settings.TokenEndpoint, out var tokenAuthority) && settings.TokenEndpoint.Length <= MaxUriLength;

        if (!isAuthorization)
        {
            AddModelError(context, nameof(OutlookServerViewModel.AuthorizationEndpoint), S["Enter the https address of a v2.0 endpoint, for example {0}.", MicrosoftCloud.Global.AuthorizationEndpoint("common")]);
        }
        else if (!options.Value.AllowsAuthority(authority!))
        {
            AddModelError(context, nameof(OutlookServerViewModel.AuthorizationEndpoint), S["This site isn't allowed to sign in at {0}. Select one of Microsoft's clouds. To use this host, ask an operator to allow it.", authority!.Authority]);
        }

        if (!isToken)
        {
            AddModelError(context, nameof(OutlookServerViewModel.TokenEndpoint), S["Enter the https address of a v2.0 endpoint, for example {0}.", MicrosoftCloud.Global.TokenEndpoint("common")]);
        }
        else if (isAuthorization && tokenAuthority != authority)
        {
            AddModelError(context, nameof(OutlookServerViewModel.TokenEndpoint), S["The token endpoint must have the same host and tenant as the authorization endpoint: {0}.", authority!.AbsoluteUri.TrimEnd('/') + MicrosoftEndpoints.TokenPath]);
        }
    }

    private void ValidateUsername(OutlookServerViewModel model, UpdateEditorContext context)
    {
        if (InvisibleCharacters.GetErrorMessage(model.Username ?? "", S) is { } errorMessage)
        {
            AddModelError(context, nameof(OutlookServerViewModel.Username), errorMessage);
        }
        else if (!MailAddressParser.TryParse(model.Username, out _))
        {
            AddModelError(context, nameof(OutlookServerViewModel.Username), S["Enter the email address to send from, for example sales@example.com. The account that signs in must be allowed to send from it."]);
        }
    }

    private SecretFieldInput GetClientSecretInput(OutgoingMailConfiguration configuration, OutlookServerViewModel model, OutlookServerSettings stored, OutlookServerSettings settings)
    {
        // Otherwise anyone who can edit the server could have the stored secret sent to a host of their choice.
        var otherHost = settings.Authority is { } authority && stored.Authority is { } storedAuthority && authority.Authority != storedAuthority.Authority ? storedAuthority.Authority : null;

        return new SecretFieldInput
        {
            Configuration = configuration,
            Secret = OutlookServerSettings.ClientSecret,
            FieldName = $"{Prefix}.{nameof(OutlookServerViewModel.ClientSecret)}",
            Name = S["client secret"],
            Typed = model.ClientSecret,
            Remove = model.RemoveClientSecret,
            StoredPayload = stored.ProtectedClientSecret,
            RequiredMessage = S["Enter the value of a client secret. You can create one in Microsoft Entra under Certificates & secrets."],
            CanKeepStored = otherHost is null,
            ReentryMessage = otherHost is null ? null : S["Re-enter the client secret. The stored one was entered for {0} and isn't sent to other hosts.", otherHost],
        };
    }

    private void AddModelError(UpdateEditorContext context, string field, LocalizedString message)
        => context.Updater.ModelState.AddModelError(Prefix, field, message.Value);

    [GeneratedRegex(@"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$")]
    private static partial Regex DomainName();
}
