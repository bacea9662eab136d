using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>What came of a callback.</summary>
public sealed record SignInOutcome
{
    /// <summary>The configuration; null where it is not known which.</summary>
    public OutgoingMailConfiguration? Configuration { get; init; }

    /// <summary>The account that signed in; null where it did not come so far.</summary>
    public string? AccountName { get; init; }

    /// <summary>Why nothing was stored; null where the account was accepted, and where it is another one than the Email Host Username.</summary>
    public OutgoingMailError? Error { get; init; }

    /// <summary>Whether the tokens were stored.</summary>
    public bool IsSignedIn { get; init; }
}
