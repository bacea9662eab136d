using System.Text.RegularExpressions;
using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;
using OrchardCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The groups Application, Sender and Endpoints of the form of an Outlook server, and what its row has of its own.</summary>
public sealed partial class OutlookDisplayDriver(
    SecretProtector secrets,
    OutlookRows rows,
    OutlookCallbackAddress callback,
    PostedForm form,
    IOptions<OutlookOptions> options,
    IStringLocalizer<OutlookDisplayDriver> stringLocalizer) : DisplayDriver<OutgoingMailConfiguration>
{
    private const int MaxSecretLength = 1024;
    private const int MaxUriLength = 2000;

    private static readonly string[] Audiences = ["common", "organizations", "consumers"];

    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public override bool CanHandleModel(OutgoingMailConfiguration configuration) => configuration.Type == OutlookServerType.TechnicalName;

    /// <inheritdoc />
    public override Task<IDisplayResult?> DisplayAsync(OutgoingMailConfiguration configuration, BuildDisplayContext context)
        => CombineAsync(
            Initialize<OutlookRowViewModel>("OutlookStatus_SummaryAdmin", model => rows.FillAsync(model, configuration)).Location("SummaryAdmin", "Meta:5"),
            Initialize<OutlookRowViewModel>("OutlookActions_SummaryAdmin", model => rows.FillAsync(model, configuration)).Location("SummaryAdmin", "Actions:1"));

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
            ClientId = ReadClientId(model.ClientId, context),
            TenantId = ReadTenantId(model.TenantId, context),
            RedirectUri = ReadRedirectUri(model.RedirectUri, context),
            GraphEndpoint = ReadGraphEndpoint(model.GraphEndpoint, context),
            SendsLargeMails = model.SendsLargeMails,
        };

        // What stands for any tenant follows the one that is named.
        settings.AuthorizationEndpoint = WithTenant(model.AuthorizationEndpoint, settings.TenantId);
        settings.TokenEndpoint = WithTenant(model.TokenEndpoint, settings.TenantId);
        CheckEndpoints(settings, context);
        CheckUsername(model, context);
        CheckSecret(model, stored, settings, context);
        settings.ProtectedClientSecret = ReadSecret(model, stored, configuration.ConfigurationId);

        configuration.Username = model.Username;
        configuration.DefaultFrom = configuration.Username;
        configuration.Destination = S["Microsoft Graph"];
        configuration.SearchTerms = Uri.TryCreate(settings.GraphEndpoint, UriKind.Absolute, out var graph) ? graph.Host : "";
        configuration.Put(settings);
        form.TypePartIsRead();

        if (!string.IsNullOrEmpty(model.ClientSecret) && !context.Updater.ModelState.IsValid)
        {
            // Or else an old one would be kept unnoticed.
            Fail(context, nameof(OutlookServerViewModel.ClientSecret), S["Re-enter the client secret. It isn't kept when the form is shown again."]);
        }

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
        model.Cloud = MicrosoftEndpoints.TryReadGraph(settings.GraphEndpoint, out var graph)
            ? MicrosoftCloud.FindByHosts(settings.Authority?.Authority, graph.Authority)?.Id
            : null;
    }

    private static string WithTenant(string? endpoint, string tenant)
    {
        var typed = endpoint?.Trim() ?? "";

        return tenant.Length > 0 ? CommonTenant().Replace(typed, match => $"{match.Groups[1].Value}{tenant}{match.Groups[2].Value}") : typed;
    }

    /// <summary>The endpoint of any tenant.</summary>
    [GeneratedRegex("^(https://[^/]+/)common(/oauth2/v2\\.0/)", RegexOptions.IgnoreCase)]
    private static partial Regex CommonTenant();

    private CombinedResult Editor(Action<OutlookServerViewModel> fill)
        => Combine(
            Initialize("OutlookApplication_Edit", fill).Location("Content:1"),
            Initialize("OutlookSender_Edit", fill).Location("Content:2"),
            Initialize("OutlookEndpoints_Edit", fill).Location("Content:3"),
            Initialize("OutlookHint_Edit", fill).Location("Aside:1"));

    /// <summary>Puts the endpoints of a cloud into the form. The other fields stay as they were typed.</summary>
    private async Task<IDisplayResult?> FillInAsync(OutgoingMailConfiguration configuration, OutlookServerViewModel typed, ModelStateDictionary modelState)
    {
        form.IsDraft = true;
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
                ? S["There is nothing to fill in for another cloud."]
                : S["Filled in for {0}. Nothing is saved yet.", cloud.Name];

            if (!string.IsNullOrEmpty(typed.ClientSecret))
            {
                model.Notice += " " + S["Re-enter the client secret. It isn't kept when the form is shown again."];
            }
        });

        void Set(string field, string value) => modelState.SetModelValue($"{Prefix}.{field}", value, value);
    }

    private string ReadClientId(string? text, UpdateEditorContext context)
    {
        if (Guid.TryParse(text?.Trim(), out var id) && id != Guid.Empty)
        {
            return id.ToString("D");
        }

        Fail(context, nameof(OutlookServerViewModel.ClientId), S["Enter the application (client) ID as Microsoft Entra shows it, such as 0b1e9c1e-5d3a-4c0e-9b7b-2f6f5c1d2e3f."]);

        return text?.Trim() ?? "";
    }

    private string ReadTenantId(string? text, UpdateEditorContext context)
    {
        var tenant = text?.Trim().ToLowerInvariant() ?? "";

        if (Guid.TryParse(tenant, out var id))
        {
            return id.ToString("D");
        }

        if (!Audiences.Contains(tenant) && !DomainName().IsMatch(tenant))
        {
            Fail(context, nameof(OutlookServerViewModel.TenantId), S["Enter the directory (tenant) ID, a domain name of it such as example.com, or one of common, organizations and consumers."]);
        }

        return tenant;
    }

    private string ReadRedirectUri(string? text, UpdateEditorContext context)
    {
        var typed = text?.Trim() ?? "";

        if (typed.Length > MaxUriLength
            || !Uri.TryCreate(typed, UriKind.Absolute, out var uri)
            || uri.Fragment.Length > 0
            || uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        {
            Fail(context, nameof(OutlookServerViewModel.RedirectUri), S["Enter the whole address that Microsoft sends the browser back to, with https (http is for localhost alone). It usually is the one that the form begins with; if that has http, open this site by https, or have an operator set its base URL under Settings > General."]);
        }

        return typed;
    }

    private string ReadGraphEndpoint(string? text, UpdateEditorContext context)
    {
        var typed = text?.Trim().TrimEnd('/') ?? "";

        if (typed.Length > MaxUriLength || !MicrosoftEndpoints.TryReadGraph(typed, out var endpoint))
        {
            Fail(context, nameof(OutlookServerViewModel.GraphEndpoint), S["Enter an https address with the version of Microsoft Graph, such as {0}.", MicrosoftCloud.Global.GraphEndpoint]);
        }
        else if (!options.Value.AllowsGraph(endpoint))
        {
            Fail(context, nameof(OutlookServerViewModel.GraphEndpoint), S["This site may not send by {0}. Choose one of Microsoft's clouds; if this one is meant, an operator can allow it.", endpoint.Authority]);
        }

        return typed;
    }

    private void CheckEndpoints(OutlookServerSettings settings, UpdateEditorContext context)
    {
        var isAuthorization = MicrosoftEndpoints.TryReadAuthorization(settings.AuthorizationEndpoint, out var authority) && settings.AuthorizationEndpoint.Length <= MaxUriLength;
        var isToken = MicrosoftEndpoints.TryReadToken(settings.TokenEndpoint, out var same) && settings.TokenEndpoint.Length <= MaxUriLength;

        if (!isAuthorization)
        {
            Fail(context, nameof(OutlookServerViewModel.AuthorizationEndpoint), S["Enter an https address of version 2.0, such as {0}.", MicrosoftCloud.Global.AuthorizationEndpoint("common")]);
        }
        else if (!options.Value.AllowsAuthority(authority!))
        {
            Fail(context, nameof(OutlookServerViewModel.AuthorizationEndpoint), S["This site may not sign in at {0}. Choose one of Microsoft's clouds; if this one is meant, an operator can allow it.", authority!.Authority]);
        }

        if (!isToken)
        {
            Fail(context, nameof(OutlookServerViewModel.TokenEndpoint), S["Enter an https address of version 2.0, such as {0}.", MicrosoftCloud.Global.TokenEndpoint("common")]);
        }
        else if (isAuthorization && same != authority)
        {
            Fail(context, nameof(OutlookServerViewModel.TokenEndpoint), S["It has to be of the same host and tenant as the authorization endpoint: {0}.", authority!.AbsoluteUri.TrimEnd('/') + MicrosoftEndpoints.TokenPath]);
        }
    }

    private void CheckUsername(OutlookServerViewModel model, UpdateEditorContext context)
    {
        if (InvisibleCharacters.Complaint(model.Username ?? "", S) is { } complaint)
        {
            Fail(context, nameof(OutlookServerViewModel.Username), complaint);
        }
        else if (!MailAddresses.TryParse(model.Username, out _))
        {
            Fail(context, nameof(OutlookServerViewModel.Username), S["Enter the mail address to send from, such as sales@example.com. Who signs in has to be allowed to send from it."]);
        }
    }

    private void CheckSecret(OutlookServerViewModel model, OutlookServerSettings stored, OutlookServerSettings settings, UpdateEditorContext context)
    {
        if (!string.IsNullOrEmpty(model.ClientSecret))
        {
            if (model.RemoveClientSecret)
            {
                Fail(context, nameof(OutlookServerViewModel.ClientSecret), S["Enter a new client secret or remove the stored one, not both."]);
            }
            else if (model.ClientSecret.Length > MaxSecretLength || model.ClientSecret.Any(char.IsControl))
            {
                Fail(context, nameof(OutlookServerViewModel.ClientSecret), S["The client secret may have {0} characters at most, and no line break.", MaxSecretLength]);
            }
            else if (InvisibleCharacters.Complaint(model.ClientSecret, S) is { } complaint)
            {
                Fail(context, nameof(OutlookServerViewModel.ClientSecret), complaint);
            }
        }
        else if (model.RemoveClientSecret)
        {
            return;
        }
        else if (stored.ProtectedClientSecret is null)
        {
            Fail(context, nameof(OutlookServerViewModel.ClientSecret), S["Enter the value of a client secret, from Microsoft Entra under Certificates & secrets."]);
        }
        else if (settings.Authority is { } authority && stored.Authority is { } before && authority.Authority != before.Authority)
        {
            // Or else who may edit could have it sent elsewhere.
            Fail(context, nameof(OutlookServerViewModel.ClientSecret), S["Enter the client secret again: what is stored was entered for {0}, and goes nowhere else.", before.Authority]);
        }
    }

    /// <summary>A typed secret replaces the stored one; an empty box keeps it, unless it is to be removed.</summary>
    private string? ReadSecret(OutlookServerViewModel model, OutlookServerSettings stored, string configurationId)
    {
        if (model.RemoveClientSecret)
        {
            return null;
        }

        return string.IsNullOrEmpty(model.ClientSecret)
            ? stored.ProtectedClientSecret
            : secrets.Protect(configurationId, OutlookServerSettings.ClientSecret, model.ClientSecret);
    }

    private void Fail(UpdateEditorContext context, string field, LocalizedString message)
        => context.Updater.ModelState.AddModelError(Prefix, field, message.Value);

    [GeneratedRegex(@"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$")]
    private static partial Regex DomainName();
}
