namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>An access token, and whose it is. It must not leave memory.</summary>
internal sealed record OutlookToken(string AccessToken, string AccountName, DateTime ExpiresUtc)
{
    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => $"{AccountName}, until {ExpiresUtc:O}";
}
