using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The groups Sender and Delivery of the form, which all types have. Numbers are texts, so that what was typed comes back.</summary>
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

    /// <summary>Whether it is the primary already, which only another one can end.</summary>
    [BindNever]
    public bool IsPrimaryAlready { get; set; }

    /// <summary>What the primary is called now; null where there is none.</summary>
    [BindNever]
    public string? PrimaryTitle { get; set; }
}
