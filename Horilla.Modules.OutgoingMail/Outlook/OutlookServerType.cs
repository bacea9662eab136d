using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The server type for Outlook and Microsoft 365 mailboxes, with OAuth and Microsoft Graph.</summary>
public sealed class OutlookServerType(
    OutlookSignInStore signIns,
    SecretField secretField,
    IStringLocalizer<OutlookServerType> stringLocalizer,
    IHtmlLocalizer<OutlookServerType> htmlLocalizer) : IMailServerType
{
    /// <summary>The technical name.</summary>
    public const string TechnicalName = "Outlook";

    private readonly IStringLocalizer S = stringLocalizer;
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <inheritdoc />
    public string Name => TechnicalName;

    /// <inheritdoc />
    public int Position => 5;

    /// <inheritdoc />
    public LocalizedString Label => S["Outlook"];

    /// <inheritdoc />
    public LocalizedString Title => S["Outlook Mail Server"];

    /// <inheritdoc />
    public LocalizedString Description => S["Configure using Microsoft Azure/Office 365 OAuth authentication"];

    /// <inheritdoc />
    public LocalizedString SelectText => S["Select Outlook"];

    /// <inheritdoc />
    public LocalizedString CreateTitle => S["Create Mail Configuration"];

    /// <inheritdoc />
    public LocalizedString EditTitle => S["Edit Mail Configuration"];

    /// <inheritdoc />
    public string IconShape => "OutlookServerIcon";

    /// <inheritdoc />
    public bool SendsAsUsername => true;

    /// <inheritdoc />
    public PostSaveAction PostSaveAction => new(S["Save and login Outlook"], "windows", "Outlook", nameof(OutlookController.LoginOutlook), IsPost: true, OutgoingMailPermissions.ManageOutgoingMailServers);

    /// <inheritdoc />
    public async Task<PostSaveAction?> GetNextActionAsync(OutgoingMailConfiguration configuration)
        => await signIns.FindAsync(configuration.ConfigurationId) is { IsUsable: true } signIn && signIn.IsFor(configuration) && !LacksPermission(configuration, signIn)
            ? null
            : PostSaveAction with { Label = S["Sign in to Microsoft"] };

    /// <inheritdoc />
    public async Task<bool> CanTestUnsavedAsync(OutgoingMailConfiguration configuration)
        => await signIns.FindAsync(configuration.ConfigurationId) is { IsUsable: true };

    /// <inheritdoc />
    public async Task<LocalizedHtmlString?> GetWarningAsync(OutgoingMailConfiguration configuration)
        => await signIns.FindAsync(configuration.ConfigurationId) is { IsUsable: true } signIn && signIn.IsFor(configuration)
            ? LacksPermission(configuration, signIn)
                ? H["<strong>{0}</strong> can't send large messages until you sign in to Microsoft again.", configuration.Title]
                : null
            : H["<strong>{0}</strong> can't send email until you sign in to Microsoft.", configuration.Title];

    /// <inheritdoc />
    public IEnumerable<FieldDifference> GetDifferences(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs)
    {
        var (typed, stored) = (mine.GetOrCreate<OutlookServerSettings>(), theirs.GetOrCreate<OutlookServerSettings>());

        return
        [
            new(S["Client ID"], typed.ClientId, stored.ClientId),
            secretField.GetDifference(S["Outlook client secret"], typed.ProtectedClientSecret, stored.ProtectedClientSecret),
            new(S["Tenant ID"], typed.TenantId, stored.TenantId),
            new(S["Redirect URI"], typed.RedirectUri, stored.RedirectUri),
            new(S["Email Host Username"], mine.Username, theirs.Username),
            new(S["OAuth authorization endpoint"], typed.AuthorizationEndpoint, stored.AuthorizationEndpoint),
            new(S["OAuth token endpoint"], typed.TokenEndpoint, stored.TokenEndpoint),
            new(S["Microsoft Graph API endpoint"], typed.GraphEndpoint, stored.GraphEndpoint),
            new(S["Send large messages"], YesNo(typed.SendsLargeMails), YesNo(stored.SendsLargeMails)),
        ];
    }

    private static bool LacksPermission(OutgoingMailConfiguration configuration, OutlookSignIn signIn)
        => configuration.GetOrCreate<OutlookServerSettings>().SendsLargeMails && !signIn.Scopes.Split(' ').Contains(OutlookScopes.LargeMails);

    private string YesNo(bool value) => value ? S["Yes"] : S["No"];
}
