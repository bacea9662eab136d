using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail;

/// <summary>The permissions of the module. Administrators have all of them.</summary>
public static class OutgoingMailPermissions
{
    /// <summary>Create, edit and delete mail servers, and choose the primary.</summary>
    public static readonly Permission ManageOutgoingMailServers = new("ManageOutgoingMailServers", "Manage outgoing mail servers", isSecurityCritical: true);

    /// <summary>View the mail servers and their last deliveries.</summary>
    public static readonly Permission ViewOutgoingMailServers = new("ViewOutgoingMailServers", "View outgoing mail servers", [ManageOutgoingMailServers]);

    /// <summary>Send a test message to any address through a mail server.</summary>
    public static readonly Permission SendTestMail = new("SendTestMail", "Send test mail through outgoing mail servers");

    /// <summary>Send messages again, try or cancel them, and change the settings of the outbox.</summary>
    public static readonly Permission ManageOutbox = new("ManageOutbox", "Manage the outbox", isSecurityCritical: true);

    /// <summary>View the mail log: who received what and when, without the content.</summary>
    public static readonly Permission ViewMailLog = new("ViewMailLog", "View the mail log", [ManageOutgoingMailServers, ManageOutbox]);

    /// <summary>Read the content of messages. No other permission includes it.</summary>
    public static readonly Permission ViewMailContent = new("ViewMailContent", "Read the content of messages in the mail log", isSecurityCritical: true);

    /// <summary>All permissions of the module.</summary>
    public static IReadOnlyList<Permission> All { get; } = [ManageOutgoingMailServers, ViewOutgoingMailServers, SendTestMail, ManageOutbox, ViewMailLog, ViewMailContent];
}
