using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Explains why the callback of an authorization request wasn't accepted.</summary>
public sealed class AuthorizationErrors(IStringLocalizer<AuthorizationErrors> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    internal OutgoingMailError StateInvalid() => Error(
        "outlook-state-unknown",
        S["This sign-in is no longer valid: it was already used, or it took longer than {0} minutes.", (int)AuthorizationRequest.Lifetime.TotalMinutes],
        S["Sign in to Microsoft again from the list of mail servers."]);

    internal OutgoingMailError OtherUser() => Error("outlook-other-user", S["Another user started this sign-in."], S["Sign in to this site as that user, or sign in to Microsoft yourself from the list of mail servers."]);

    internal OutgoingMailError OtherBrowser() => Error("outlook-other-browser", S["This sign-in was started in another browser."], S["Continue in that browser, or sign in to Microsoft again in this one."]);

    internal OutgoingMailError ConfigurationDeleted() => Error("outlook-configuration-gone", S["The mail server that this sign-in was for has been deleted."], S["Create it again if you still need it."]);

    internal OutgoingMailError ConfigurationChanged() => Error("outlook-configuration-changed", S["The mail server was changed while you were signing in."], S["Sign in to Microsoft again."]);

    private static OutgoingMailError Error(string code, LocalizedString message, LocalizedString nextStep) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = code,
        Message = message,
        NextStep = nextStep,
    };
}
