using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Localization;
using Microsoft.Identity.Client;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Tells why there is no token, and what to do about it, by the codes of Microsoft Entra.</summary>
public sealed class OutlookFailures(IStringLocalizer<OutlookFailures> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    internal OutgoingMailError NotSignedIn(OutgoingMailConfiguration configuration)
        => Error("outlook-not-signed-in", S["Nobody is signed in to Microsoft for '{0}'.", configuration.Title], S["Press Login Outlook in the list of mail servers, and sign in as {0}.", configuration.Username]);

    internal OutgoingMailError SecretIsMissing(OutgoingMailConfiguration configuration)
        => Error("outlook-secret-missing", S["No client secret is stored for '{0}'.", configuration.Title], S["Create one in Microsoft Entra under Certificates & secrets, and enter its value."], nameof(OutlookServerViewModel.ClientSecret));

    internal OutgoingMailError SecretCannotBeRead(OutgoingMailConfiguration configuration, string field)
        => field == OutlookSignIn.Tokens
            ? Error("outlook-tokens-unreadable", S["The stored sign-in of '{0}' cannot be read.", configuration.Title], S["The keys that protect it are gone or other ones, as after a move to another server. Press Login Outlook to sign in again."])
            : Error(
                "secret-unreadable",
                S["The stored client secret of '{0}' cannot be read.", configuration.Title],
                S["The keys that protect it are gone or other ones, as after a move to another server. Enter the client secret again, and have an operator restore the keys with the next move."],
                nameof(OutlookServerViewModel.ClientSecret));

    internal OutgoingMailError AuthorityIsNotAllowed(OutlookServerSettings settings)
        => Error(
            "outlook-authority-not-allowed",
            S["This site may not sign in at {0}.", settings.AuthorizationEndpoint],
            S["Choose one of Microsoft's clouds. If this one is meant, an operator can allow it."],
            nameof(OutlookServerViewModel.AuthorizationEndpoint));

    internal OutgoingMailError GraphIsNotAllowed(OutlookServerSettings settings)
        => Error(
            "outlook-graph-not-allowed",
            S["This site may not send by {0}.", settings.GraphEndpoint],
            S["Choose one of Microsoft's clouds. If this one is meant, an operator can allow it."],
            nameof(OutlookServerViewModel.GraphEndpoint));

    /// <summary>Why the token endpoint gave no tokens.</summary>
    internal OutgoingMailError SignIn(Exception e, OutgoingMailConfiguration configuration, OutlookServerSettings settings) => e switch
    {
        // MSAL found by itself that it has nothing to refresh.
        MsalUiRequiredException { StatusCode: 0 } => NotSignedIn(configuration),
        MsalServiceException service => Refused(EntraError.CodeOf(service), IsTemporary(service) ? "temporarily_unavailable" : service.ErrorCode, configuration, settings) with
        {
            ServerResponse = Response(service),
        },
        HttpRequestException http => Unreachable(http, settings),
        _ => Error("outlook-sign-in-failed", S["The sign-in at Microsoft failed ({0}).", (e as MsalException)?.ErrorCode ?? e.GetType().Name], S["Check the fields of the form against the application in Microsoft Entra, and try again."]),
    };

    /// <summary>What a code of Microsoft Entra means, from the token endpoint or from a callback.</summary>
    internal OutgoingMailError Refused(int? code, string error, OutgoingMailConfiguration configuration, OutlookServerSettings settings) => code switch
    {
        7000215 or 7000216 => Error(
            "outlook-secret-wrong",
            S["Microsoft refused the client secret."],
            S["Enter the value of the client secret, not its ID. The value is shown once, when the secret is created in Microsoft Entra under Certificates & secrets: create a new one if it is lost."],
            nameof(OutlookServerViewModel.ClientSecret)),
        7000222 => Error(
            "outlook-secret-expired",
            S["The client secret has expired."],
            S["Create a new one in Microsoft Entra under Certificates & secrets, and enter its value. The sign-in stays as it is."],
            nameof(OutlookServerViewModel.ClientSecret)),
        700016 => Error(
            "outlook-client-unknown",
            S["Microsoft knows no application {0} in {1}.", settings.ClientId, settings.TenantId],
            S["Check Client ID and Tenant ID against the overview of the application in Microsoft Entra."],
            nameof(OutlookServerViewModel.ClientId)),
        90002 or 900023 => Error(
            "outlook-tenant-unknown",
            S["Microsoft knows no tenant {0}.", settings.TenantId],
            S["Check Tenant ID against the overview of the application in Microsoft Entra."],
            nameof(OutlookServerViewModel.TenantId)),
        50011 or 500112 => Error(
            "outlook-redirect-uri",
            S["The Redirect URI is not the one that is registered."],
            S["Register {0} in Microsoft Entra under Authentication > Web, letter by letter.", settings.RedirectUri],
            nameof(OutlookServerViewModel.RedirectUri)),
        65001 or 65004 => Error(
            "outlook-consent-missing",
            S["Somebody has to consent to what the application may do."],
            S["Press Login Outlook and accept. If that is not allowed, an administrator of Microsoft Entra grants consent under API permissions: {0} and offline_access.", string.Join(", ", OutlookScopes.For(OutlookMailbox.Own, settings.SendsLargeMails))]),
        50105 => Error(
            "outlook-user-not-assigned",
            S["{0} is not assigned to the application.", configuration.Username],
            S["An administrator of Microsoft Entra assigns the user under Enterprise applications > Users and groups, or sets Assignment required to No. Then press Refresh token."],
            nameof(OutlookServerViewModel.Username)),
        50057 => Error(
            "outlook-user-disabled",
            S["The account {0} is disabled.", configuration.Username],
            S["An administrator of Microsoft Entra enables it, and you press Refresh token; or another account signs in."],
            nameof(OutlookServerViewModel.Username)),
        50020 or 50034 => Error(
            "outlook-user-unknown",
            S["The account is not one of {0}.", settings.TenantId],
            S["Sign in as {0}, or enter the tenant that this account belongs to.", configuration.Username],
            nameof(OutlookServerViewModel.TenantId)),
        >= 53000 and <= 53011 or 50158 or 530032 => Error(
            "outlook-conditional-access",
            S["A rule of conditional access forbids this sign-in."],
            S["An administrator of Microsoft Entra finds the rule under Sign-in logs, and exempts this application or this site's address. Then press Login Outlook."]),
        50076 or 50079 or 50072 or 50074 => Error(
            "outlook-second-factor",
            S["Microsoft wants a second factor of {0}.", configuration.Username],
            S["Press Login Outlook, and sign in with the second factor."]),
        700082 or 70008 or 700084 or 50173 or 700081 or 70043 or 50078 => Error(
            "outlook-sign-in-lapsed",
            S["The sign-in of {0} has lapsed, or was withdrawn.", configuration.Username],
            S["Press Login Outlook to sign in again."]),
        _ => error switch
        {
            "access_denied" => Error("outlook-cancelled", S["The sign-in was cancelled, or consent was not given."], S["Press Login Outlook and accept. If that is not allowed, an administrator of Microsoft Entra grants consent."]),
            "invalid_grant" or "interaction_required" or "login_required" => Error("outlook-sign-in-needed", S["Microsoft wants a new sign-in of {0}.", configuration.Username], S["Press Login Outlook to sign in again."]),
            "invalid_client" or "unauthorized_client" => Error(
                "outlook-client-refused",
                S["Microsoft refused the application."],
                S["Check Client ID, Outlook client secret and Tenant ID against the application in Microsoft Entra."],
                nameof(OutlookServerViewModel.ClientSecret)),
            "temporarily_unavailable" or "server_error" or "request_timeout" or "service_not_available" => Error("outlook-sign-in-unavailable", S["Microsoft's sign-in cannot answer now."], S["Try again in some minutes."], canRetry: true),
            "" => Error("outlook-sign-in-refused", S["Microsoft sent neither a code nor an error."], S["Press Login Outlook once more."]),
            _ => Error("outlook-sign-in-refused", S["Microsoft refused the sign-in ({0}).", error], S["Check the fields of the form against the application in Microsoft Entra, and press Login Outlook."]),
        },
    };

    internal OutgoingMailError Unreachable(HttpRequestException e, OutlookServerSettings settings) => Unreachable(e, settings.Authority?.Authority ?? settings.TokenEndpoint);

    /// <summary>Why a host of Microsoft could not be asked.</summary>
    internal OutgoingMailError Unreachable(HttpRequestException e, string host) => e.HttpRequestError switch
    {
        HttpRequestError.InvalidResponse when e is UnexpectedAnswerException => Error(
            "outlook-not-understood",
            S["What answers at {0} isn't Microsoft.", host],
            S["Check the endpoints. If they are right, a proxy or a sign-in page of the network stands in between: an operator can tell."],
            nameof(OutlookServerViewModel.TokenEndpoint)) with
        { ServerResponse = e.Message },
        HttpRequestError.NameResolutionError => Error("host-unknown", S["There is no host '{0}', or this machine cannot look it up.", host], S["Check the endpoints. If they are right, an operator checks the name server of this machine."], step: DeliveryStep.LookUp, canRetry: true),
        HttpRequestError.SecureConnectionError => Error("tls-failed", S["The certificate of {0} is not trusted, or no TLS could be agreed on.", host], S["Check the endpoints. If they are right, something between this site and Microsoft breaks TLS up: an operator can tell."], step: DeliveryStep.Tls),
        HttpRequestError.ConnectionError => Error("unreachable", S["{0} could not be reached.", host], S["Try again. If it stays so, a firewall may be in the way: an operator lets this machine reach {0} on port 443.", host], step: DeliveryStep.Connection, canRetry: true),
        _ => Error(
            "connection-lost",
            S["The connection to {0} was lost.", host],
            S["It is not known whether the mail was sent: look into Sent Items of the mailbox before you send it again."],
            step: DeliveryStep.Content),
    };

    internal OutgoingMailError Timeout(OutgoingMailConfiguration configuration, DeliveryStep step) => Error(
        "timeout",
        step == DeliveryStep.SignIn
            ? S["Microsoft's sign-in did not answer within {0} seconds.", configuration.TimeoutSeconds]
            : S["Microsoft Graph did not take the mail within {0} seconds.", configuration.TimeoutSeconds],
        step == DeliveryStep.SignIn
            ? S["Try again. If Microsoft is just slow, raise Email Send Timeout."]
            : S["It is not known whether the mail was sent: look into Sent Items of the mailbox before you send it again. For large attachments, raise Email Send Timeout."],
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

    /// <summary>The first line says it; the others are for Microsoft's support.</summary>
    private static string Response(MsalServiceException e)
    {
        var line = e.Message.Split('\r', '\n')[0];
        var said = e.StatusCode == 0 ? line : $"{e.StatusCode.ToString(CultureInfo.InvariantCulture)} {e.ErrorCode}: {line}";

        return string.IsNullOrEmpty(e.CorrelationId) ? said : $"{said} ({e.CorrelationId})";
    }
}
