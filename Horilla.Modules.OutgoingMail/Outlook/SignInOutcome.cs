using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The outcome of a sign-in callback.</summary>
public sealed record SignInOutcome
{
    /// <summary>The configuration, or null if it's unknown.</summary>
    public OutgoingMailConfiguration? Configuration { get; init; }

    /// <summary>The account that signed in, or null if the sign-in didn't get that far.</summary>
    public string? AccountName { get; init; }

    /// <summary>Why the sign-in failed, or null if the account was accepted or isn't the one of the Email Host Username.</summary>
    public OutgoingMailError? Error { get; init; }

    /// <summary>Whether the tokens were stored.</summary>
    public bool IsSignedIn { get; init; }
}
