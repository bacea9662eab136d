using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The form groups Sender and Delivery, which all server types share. Numbers are strings, so that invalid input is shown again as typed.</summary>
public class ConfigurationViewModel
{
    /// <summary>"Default From Mail".</summary>
    public string? DefaultFrom { get; set; }

    /// <summary>"Display Name".</summary>
    public string? DisplayName { get; set; }

    /// <summary>"Use dynamic display name".</summary>
    public bool UseDynamicDisplayName { get; set; }

    /// <summary>"Allow other senders".</summary>
    public bool AllowsOtherSenders { get; set; }

    /// <summary>"Email Send Timeout (seconds)".</summary>
    public string? TimeoutSeconds { get; set; }

    /// <summary>"Fail Silently".</summary>
    public bool FailSilently { get; set; }

    /// <summary>"Primary Mail Server".</summary>
    public bool IsPrimary { get; set; }

    /// <summary>Whether the server is the primary or will be, as the first server. The switch can't be turned off then.</summary>
    [BindNever]
    public bool IsPrimaryLocked { get; set; }

    /// <summary>The title of the current primary, or null if there is none.</summary>
    [BindNever]
    public string? PrimaryTitle { get; set; }
}
