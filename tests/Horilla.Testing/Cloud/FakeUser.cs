namespace Horilla.Testing.Cloud;

/// <summary>An account of the stand-in.</summary>
public sealed class FakeUser(string userPrincipalName, string mail, string? objectId = null)
{
    public string ObjectId { get; } = objectId ?? Guid.NewGuid().ToString();

    public string UserPrincipalName { get; } = userPrincipalName;

    public string Mail { get; } = mail;

    /// <summary>Other addresses of its mailbox.</summary>
    public List<string> Aliases { get; } = [];

    /// <summary>Other mailboxes that it may send as.</summary>
    public List<string> SendAs { get; } = [];

    /// <summary>The scopes that it consented to at sign-in. A refresh grants no others.</summary>
    public HashSet<string> Consented { get; } = [];

    public bool HasMailbox { get; set; } = true;
}
