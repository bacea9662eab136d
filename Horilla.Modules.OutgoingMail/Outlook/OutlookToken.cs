namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>An access token and its account. Keep it in memory only.</summary>
internal sealed record OutlookToken(string AccessToken, string AccountName, DateTime ExpiresUtc)
{
    /// <summary>Returns a text without the token.</summary>
    public override string ToString() => $"{AccountName}, until {ExpiresUtc:O}";
}
