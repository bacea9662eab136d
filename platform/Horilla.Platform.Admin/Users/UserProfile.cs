namespace Horilla.Platform.Admin.Users;

/// <summary>What the panel knows about a user besides the account: an aspect of the user.</summary>
public sealed class UserProfile
{
    /// <summary>The name that others see; null for the user name.</summary>
    public string? DisplayName { get; set; }

    /// <summary>When the user last signed in, in UTC; null if never.</summary>
    public DateTime? LastSignInUtc { get; set; }
}
