using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Explains why a sign-in failed and how to fix it.</summary>
public sealed class SmtpSignInErrors(SmtpReplyErrors replies, IStringLocalizer<SmtpSignInErrors> stringLocalizer)
{
    private const string RejectedCode = "sign-in-refused";

    private readonly IStringLocalizer S = stringLocalizer;

    internal OutgoingMailError PasswordMissing(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "password-missing",
        Message = S["No password is stored for '{0}'.", configuration.Title],
        NextStep = S["Enter the App Password. If the server accepts email without a sign-in, select 'No sign-in required'."],
        Field = nameof(SmtpServerViewModel.Password),
    };

    internal OutgoingMailError PasswordUnreadable(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "secret-unreadable",
        Message = S["The password stored for '{0}' can't be read.", configuration.Title],
        NextStep = S["The keys that encrypt it are missing or have changed, for example after a move to another server. Re-enter the App Password. Next time, ask an operator to move the keys too."],
        Field = nameof(SmtpServerViewModel.Password),
    };

    internal OutgoingMailError NotOffered(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-not-offered",
        Message = S["{0} doesn't offer a sign-in on port {1}.", settings.Host, settings.Port],
        NextStep = settings.UseTls || settings.UseSsl
            ? S["Enter your provider's port for sending with a sign-in, usually 587 or 465. If the server accepts email without a sign-in, select 'No sign-in required'."]
            : S["Many servers offer sign-in only over TLS: set Use TLS or Use SSL to Yes. If the server accepts email without a sign-in, select 'No sign-in required'."],
        Field = nameof(SmtpServerViewModel.NeedsNoSignIn),
    };

    internal OutgoingMailError NoSupportedMechanism(SmtpServerSettings settings, IEnumerable<string> mechanisms) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-mechanism",
        Message = S["{0} doesn't offer sign-in with a password. It offers only: {1}.", settings.Host, string.Join(", ", mechanisms.Order(StringComparer.Ordinal))],
        NextStep = S["Ask your provider how applications sign in. XOAUTH2 and OAUTHBEARER require a sign-in with Microsoft or Google. For Microsoft 365, add a mail server of type Outlook."],
    };

    /// <summary>The server doesn't know AUTH or the mechanism, so it didn't check the password.</summary>
    private OutgoingMailError MechanismNotAccepted(SmtpServerSettings settings, string? mechanism) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-mechanism",
        Message = S["{0} rejected the sign-in method that it offers ({1}).", settings.Host, mechanism ?? ""],
        NextStep = S["The password wasn't checked. Ask your provider which port and encryption to use for sign-in, and include the server response."],
    };

    internal OutgoingMailError PasswordCharactersNotAllowed(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "password-characters",
        Message = S["The password stored for '{0}' can't be used to sign in: it contains a character that isn't allowed in passwords.", configuration.Title],
        NextStep = S["Re-enter the App Password. If you copied it, type any unusual characters by hand."],
        Field = nameof(SmtpServerViewModel.Password),
    };

    /// <summary>Explains a failed sign-in from the last reply.</summary>
    internal OutgoingMailError Explain(OutgoingMailConfiguration configuration, SmtpServerSettings settings, string password, SmtpProtocolTracker protocol)
    {
        var reply = protocol.LastReplyCode is { } code ? SmtpReply.Parse(code, protocol.LastReplyText) : null;
        var error = reply switch
        {
            // Exchange Online uses the same code for disabled SMTP AUTH and for a wrong password.
            { SubjectAndDetail: "7.139" or "7.30" } when !reply.Text.Contains("credentials were incorrect", StringComparison.OrdinalIgnoreCase) => replies.SmtpAuthDisabled(settings),
            not null when SmtpReplyClassifier.Classify(reply, DeliveryStep.SignIn) == SmtpReplyCause.Quota && reply is not { Code: 454, SubjectAndDetail: "7.0" } => replies.Explain(reply, DeliveryStep.SignIn, null, configuration, settings),
            { SubjectAndDetail: "7.11" } or { Code: 538 } or { Code: 530 } when !settings.IsSecure => replies.Explain(new SmtpReply(538, null, ""), DeliveryStep.SignIn, null, configuration, settings),
            { SubjectAndDetail: "7.13" } => replies.Explain(reply, DeliveryStep.SignIn, null, configuration, settings),
            { IsTemporary: true } => Unavailable(settings),
            { Code: 500 or 502 or 503 or 504, SubjectAndDetail: not "7.8" } => MechanismNotAccepted(settings, protocol.Mechanism),
            _ => Rejected(configuration, settings, password),
        };

        return error with { ServerResponse = protocol.LastReply };
    }

    /// <summary>Explains that the sign-in was rejected before, and isn't tried for a while.</summary>
    /// <param name="rejection">The error of the rejected sign-in.</param>
    /// <param name="pause">How long it isn't tried.</param>
    internal OutgoingMailError Paused(OutgoingMailError rejection, TimeSpan pause) => rejection with
    {
        NextStep = S[
            "{0} To keep the account from being locked, this password isn't tried again for {1} min. To try it now, save the server or send a test message.",
            rejection.NextStep,
            Math.Ceiling(pause.TotalMinutes)],
    };

    private OutgoingMailError Unavailable(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-unavailable",
        Message = S["{0} can't process sign-ins right now.", settings.Host],
        NextStep = S["Try again in 15 minutes. If the problem persists, there may have been too many attempts: contact your provider."],
        Field = nameof(SmtpServerViewModel.Password),
        CanRetry = true,
    };

    private OutgoingMailError Rejected(OutgoingMailConfiguration configuration, SmtpServerSettings settings, string password)
    {
        var provider = SmtpProviders.FindByHost(settings.Host);
        var advice = provider is null
            ? S["Check Email Host Username and App Password. Providers with two-factor authentication require an app password here, not the account password."]
            : S[provider.Hint];

        return new OutgoingMailError
        {
            Step = DeliveryStep.SignIn,
            Code = RejectedCode,
            Message = S["{0} rejected the sign-in of {1}.", settings.Host, configuration.Username],
            NextStep = password.Any(char.IsWhiteSpace)
                ? S["{0} The stored password contains spaces. App passwords are often shown in groups, but are entered without spaces.", advice]
                : advice,
            Field = nameof(SmtpServerViewModel.Password),
            HelpUrl = provider?.HelpUrl,
        };
    }

    /// <summary>Whether the server rejected user name or password, so that the next message would fail too.</summary>
    internal static bool IsRejected(OutgoingMailError error) => error.Step == DeliveryStep.SignIn && error.Code is RejectedCode or "smtp-auth-disabled" or "account-blocked";
}
