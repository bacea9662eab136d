using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail;

/// <summary>What roles may be granted. Administrators have all of it.</summary>
public static class OutgoingMailPermissions
{
    /// <summary>Create, edit and delete mail servers, and choose the primary one.</summary>
    public static readonly Permission ManageOutgoingMailServers = new("ManageOutgoingMailServers", "Manage outgoing mail servers", isSecurityCritical: true);

    /// <summary>See which mail servers there are and how they last went.</summary>
    public static readonly Permission ViewOutgoingMailServers = new("ViewOutgoingMailServers", "View outgoing mail servers", [ManageOutgoingMailServers]);

    /// <summary>Send a test mail, to any address, through a mail server.</summary>
    public static readonly Permission SendTestMail = new("SendTestMail", "Send test mails through outgoing mail servers");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Permission> All { get; } = [ManageOutgoingMailServers, ViewOutgoingMailServers, SendTestMail];
}
