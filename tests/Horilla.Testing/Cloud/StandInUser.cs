namespace Horilla.Testing.Cloud;

/// <summary>An account of the stand-in.</summary>
public sealed class StandInUser(string userPrincipalName, string mail)
{
    public string ObjectId { get; } = Guid.NewGuid().ToString();

    public string UserPrincipalName { get; } = userPrincipalName;

    public string Mail { get; } = mail;

    /// <summary>Other addresses of its mailbox.</summary>
    public List<string> Aliases { get; } = [];

    /// <summary>Mailboxes of others that it may send as.</summary>
    public List<string> SendAs { get; } = [];

    /// <summary>What it has consented to by signing in: a refresh grants nothing else.</summary>
    public HashSet<string> Consented { get; } = [];

    public bool HasMailbox { get; set; } = true;
}
