using System.Globalization;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using Microsoft.Identity.Client;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Explains why there is no token, and how to fix it, based on the error codes of Microsoft Entra.</summary>
public sealed class OutlookErrors(IStringLocalizer<OutlookErrors> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    internal OutgoingMailError NotSignedIn(OutgoingMailConfiguration configuration)
        => Error("outlook-not-signed-in", S["No Microsoft account is signed in for '{0}'.", configuration.Title], S["Sign in to Microsoft as {0} from the list of mail servers.", configuration.Username]);

    internal OutgoingMailError SecretMissing(OutgoingMailConfiguration configuration)
        => Error("outlook-secret-missing", S["No client secret is stored for '{0}'.", configuration.Title], S["Create one in Microsoft Entra under Certificates & secrets and enter its value."], nameof(OutlookServerViewModel.ClientSecret));

    internal OutgoingMailError SecretUnreadable(OutgoingMailConfiguration configuration, string field)
        => field == OutlookSignIn.Tokens
            ? Error("outlook-tokens-unreadable", S["The sign-in stored for '{0}' can't be read.", configuration.Title], S["The keys that encrypt it are missing or have changed, for example after a move to another server. Sign in to Microsoft again."])
            : Error(
                "secret-unreadable",
                S["The client secret stored for '{0}' can't be read.", configuration.Title],
                S["The keys that encrypt it are missing or have changed, for example after a move to another server. Re-enter the client secret. Next time, ask an operator to move the keys too."],
                nameof(OutlookServerViewModel.ClientSecret));

    internal OutgoingMailError AuthorityNotAllowed(OutlookServerSettings settings)
        => Error(
            "outlook-authority-not-allowed",
            S["This site isn't allowed to sign in at {0}.", settings.AuthorizationEndpoint],
            S["Select one of Microsoft's clouds. To use this endpoint, ask an operator to allow it."],
            nameof(OutlookServerViewModel.AuthorizationEndpoint));

    internal OutgoingMailError GraphNotAllowed(OutlookServerSettings settings)
        => Error(
            "outlook-graph-not-allowed",
            S["This site isn't allowed to send through {0}.", settings.GraphEndpoint],
            S["Select one of Microsoft's clouds. To use this endpoint, ask an operator to allow it."],
            nameof(OutlookServerViewModel.GraphEndpoint));

    /// <summary>Explains why the token endpoint issued no tokens.</summary>
    internal OutgoingMailError FromSignInException(Exception e, OutgoingMailConfiguration configuration, OutlookServerSettings settings) => e switch
    {
        // MSAL has nothing to refresh, so it sent no request.
        MsalUiRequiredException { StatusCode: 0 } => NotSignedIn(configuration),
        MsalServiceException service => FromEntraError(EntraErrorCodes.FromException(service), IsTemporary(service) ? "temporarily_unavailable" : service.ErrorCode, configuration, settings) with
        {
            ServerResponse = FormatResponse(service),
        },
        HttpRequestException http => Unreachable(http, settings.Authority?.Authority ?? settings.TokenEndpoint, DeliveryStep.SignIn),
        _ => Error("outlook-sign-in-failed", S["The sign-in to Microsoft failed ({0}).", (e as MsalException)?.ErrorCode ?? e.GetType().Name], S["Compare the settings of this mail server with the application in Microsoft Entra, then try again."]),
    };

    /// <summary>Explains an error code of Microsoft Entra from the token endpoint or a callback.</summary>
    internal OutgoingMailError FromEntraError(int? code, string error, OutgoingMailConfiguration configuration, OutlookServerSettings settings)
        => FromApplicationCode(code, settings) ?? FromAccountCode(code, configuration, settings) ?? FromErrorName(error, configuration);

    /// <summary>Explains the codes about the application and its settings.</summary>
    private OutgoingMailError? FromApplicationCode(int? code, OutlookServerSettings settings) => code switch
    {
        7000215 or 7000216 => Error(
            "outlook-secret-wrong",
            S["Microsoft rejected the client secret."],
            S["Enter the value of the client secret, not its ID. Microsoft Entra shows the value only once, when the secret is created under Certificates & secrets. If you no longer have it, create a new secret."],
            nameof(OutlookServerViewModel.ClientSecret)),
        7000222 => Error(
            "outlook-secret-expired",
            S["The client secret has expired."],
            S["Create a new one in Microsoft Entra under Certificates & secrets and enter its value. You don't have to sign in again."],
            nameof(OutlookServerViewModel.ClientSecret)),
        700016 => Error(
            "outlook-client-unknown",
            S["Microsoft can't find the application {0} in the tenant {1}.", settings.ClientId, settings.TenantId],
            S["Compare Client ID and Tenant ID with the application's overview in Microsoft Entra."],
            nameof(OutlookServerViewModel.ClientId)),
        90002 or 900023 => Error(
            "outlook-tenant-unknown",
            S["Microsoft can't find the tenant {0}.", settings.TenantId],
            S["Compare Tenant ID with the application's overview in Microsoft Entra."],
            nameof(OutlookServerViewModel.TenantId)),
        50011 or 500112 => Error(
            "outlook-redirect-uri",
            S["The Redirect URI doesn't match the one registered in Microsoft Entra."],
            S["Register exactly {0} in Microsoft Entra under Authentication > Web.", settings.RedirectUri],
            nameof(OutlookServerViewModel.RedirectUri)),
        _ => null,
    };

    /// <summary>Explains the codes about the account that signs in.</summary>
    private OutgoingMailError? FromAccountCode(int? code, OutgoingMailConfiguration configuration, OutlookServerSettings settings) => code switch
    {
        65001 or 65004 => Error(
            "outlook-consent-missing",
            S["Consent to the application's permissions is missing."],
            S["Sign in to Microsoft and accept the permissions. If you aren't allowed to, ask a Microsoft Entra administrator to grant consent under API permissions: {0} and offline_access.", string.Join(", ", OutlookScopes.For(OutlookMailbox.Own, settings.SendsLargeMails))]),
        50105 => Error(
            "outlook-user-not-assigned",
            S["{0} isn't assigned to the application.", configuration.Username],
            S["Ask a Microsoft Entra administrator to assign the user under Enterprise applications > Users and groups, or to set Assignment required to No. Then press Refresh token."],
            nameof(OutlookServerViewModel.Username)),
        50057 => Error(
            "outlook-user-disabled",
            S["The account {0} is disabled.", configuration.Username],
            S["Ask a Microsoft Entra administrator to enable it, then press Refresh token. Or sign in with another account."],
            nameof(OutlookServerViewModel.Username)),
        50020 or 50034 => Error(
            "outlook-user-unknown",
            S["The account doesn't belong to the tenant {0}.", settings.TenantId],
            S["Sign in as {0}, or enter the tenant that the account belongs to.", configuration.Username],
            nameof(OutlookServerViewModel.TenantId)),
        >= 53000 and <= 53011 or 50158 or 530032 => Error(
            "outlook-conditional-access",
            S["A Conditional Access policy blocks this sign-in."],
            S["Ask a Microsoft Entra administrator to find the policy under Sign-in logs and exclude this application or this site's IP address. Then sign in to Microsoft again."]),
        50076 or 50079 or 50072 or 50074 => Error(
            "outlook-second-factor",
            S["Microsoft requires multifactor authentication for {0}.", configuration.Username],
            S["Sign in to Microsoft again and complete the multifactor authentication."]),
        700082 or 70008 or 700084 or 50173 or 700081 or 70043 or 50078 => Error(
            "outlook-sign-in-lapsed",
            S["The sign-in of {0} has expired or was revoked.", configuration.Username],
            S["Sign in to Microsoft again."]),
        _ => null,
    };

    /// <summary>Explains the errors of OAuth (RFC 6749 sections 4.1.2.1 and 5.2) and of OpenID Connect.</summary>
    private OutgoingMailError FromErrorName(string error, OutgoingMailConfiguration configuration) => error switch
    {
        "access_denied" => Error("outlook-cancelled", S["The sign-in was cancelled, or consent wasn't given."], S["Sign in to Microsoft and accept the permissions. If you aren't allowed to, ask a Microsoft Entra administrator to grant consent."]),
        "invalid_grant" or "interaction_required" or "login_required" => Error("outlook-sign-in-needed", S["Microsoft requires {0} to sign in again.", configuration.Username], S["Sign in to Microsoft again from the list of mail servers."]),
        "invalid_client" or "unauthorized_client" => Error(
            "outlook-client-refused",
            S["Microsoft rejected the application."],
            S["Compare Client ID, Outlook client secret and Tenant ID with the application in Microsoft Entra."],
            nameof(OutlookServerViewModel.ClientSecret)),
        "temporarily_unavailable" or "server_error" or "request_timeout" or "service_not_available" => Error("outlook-sign-in-unavailable", S["Microsoft's sign-in service is temporarily unavailable."], S["Try again in a few minutes."], canRetry: true),
        "" => Error("outlook-sign-in-refused", S["Microsoft returned neither an authorization code nor an error."], S["Sign in to Microsoft again."]),
        _ => Error("outlook-sign-in-refused", S["Microsoft rejected the sign-in ({0}).", error], S["Compare the settings of this mail server with the application in Microsoft Entra, then sign in to Microsoft again."]),
    };

    /// <summary>Explains why a request to a Microsoft host failed.</summary>
    /// <param name="e">What the request ended with.</param>
    /// <param name="host">The host.</param>
    /// <param name="step">The step of the request. A connection that is lost in <see cref="DeliveryStep.Data"/> leaves open whether the message was sent.</param>
    internal OutgoingMailError Unreachable(HttpRequestException e, string host, DeliveryStep step) => e.HttpRequestError switch
    {
        HttpRequestError.InvalidResponse when e is UnexpectedResponseException => Error(
            "outlook-not-understood",
            S["The response from {0} didn't come from Microsoft.", host],
            S["Check the endpoints. If they're correct, a proxy or a sign-in page of the network may be intercepting the connection: ask an operator."],
            nameof(OutlookServerViewModel.TokenEndpoint)) with
        { ServerResponse = e.Message },
        HttpRequestError.NameResolutionError => Error("host-unknown", S["The host name '{0}' can't be resolved.", host], S["Check the endpoints. If they're correct, ask an operator to check the DNS settings of this machine."], step: DeliveryStep.DnsLookup, canRetry: true),
        HttpRequestError.SecureConnectionError => Error("tls-failed", S["A secure connection to {0} couldn't be established: its certificate isn't trusted, or the TLS handshake failed.", host], S["Check the endpoints. If they're correct, a proxy or firewall may be intercepting TLS connections to Microsoft: ask an operator."], step: DeliveryStep.Tls),
        HttpRequestError.ConnectionError => Error("unreachable", S["{0} couldn't be reached.", host], S["Try again. If it keeps failing, a firewall may be blocking the connection: ask an operator to allow connections from this machine to {0} on port 443.", host], step: DeliveryStep.Connection, canRetry: true),
        _ => Error(
            "connection-lost",
            S["The connection to {0} was lost.", host],
            step == DeliveryStep.Data
                ? S["The message may have been sent. Check the mailbox's Sent Items before you send it again."]
                : S["Try again. If it keeps failing, a proxy or firewall may be closing the connection: ask an operator."],
            step: step,
            canRetry: step != DeliveryStep.Data),
    };

    internal OutgoingMailError Timeout(OutgoingMailConfiguration configuration, DeliveryStep step) => Error(
        "timeout",
        step == DeliveryStep.SignIn
            ? S["Microsoft's sign-in service didn't respond within {0} seconds.", configuration.TimeoutSeconds]
            : S["Microsoft Graph didn't accept the message within {0} seconds.", configuration.TimeoutSeconds],
        step == DeliveryStep.SignIn
            ? S["Try again. If Microsoft responds slowly, increase Email Send Timeout."]
            : S["The message may have been sent. Check the mailbox's Sent Items before you send it again. For large attachments, increase Email Send Timeout."],
        "TimeoutSeconds",
        step,
        canRetry: step == DeliveryStep.SignIn);

    internal OutgoingMailError Error(string code, LocalizedString message, LocalizedString nextStep, string? field = null, DeliveryStep step = DeliveryStep.SignIn, bool canRetry = false) => new()
    {
        Step = step,
        Code = code,
        Message = message,
        NextStep = nextStep,
        Field = field,
        CanRetry = canRetry,
    };

    private static bool IsTemporary(MsalServiceException e) => e.StatusCode is 0 or 408 or 429 or >= 500;

    /// <summary>The first line has the reason. The others are for Microsoft support.</summary>
    private static string FormatResponse(MsalServiceException e)
    {
        var line = e.Message.Split('\r', '\n')[0];
        var summary = e.StatusCode == 0 ? line : $"{e.StatusCode.ToString(CultureInfo.InvariantCulture)} {e.ErrorCode}: {line}";

        return string.IsNullOrEmpty(e.CorrelationId) ? summary : $"{summary} ({e.CorrelationId})";
    }
}
