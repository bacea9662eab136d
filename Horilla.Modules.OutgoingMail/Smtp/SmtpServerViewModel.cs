using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// The groups Server and Sign-in of the form. Numbers are strings, so that an invalid entry is shown again with its error.
/// </summary>
public class SmtpServerViewModel
{
    /// <summary>The ID of a well-known provider; empty for any other.</summary>
    public string? Provider { get; set; }

    /// <summary>Whether the "Fill in" button was pressed. It fills in the provider's settings without saving, for browsers without JavaScript.</summary>
    public bool FillIn { get; set; }

    /// <summary>"Host".</summary>
    public string? Host { get; set; }

    /// <summary>"Port".</summary>
    public string? Port { get; set; }

    /// <summary>"Use TLS".</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>"Use SSL".</summary>
    public bool UseSsl { get; set; }

    /// <summary>"EHLO name".</summary>
    public string? LocalDomain { get; set; }

    /// <summary>"Maximum connections".</summary>
    public string? MaxConnections { get; set; }

    /// <summary>"Email Host Username".</summary>
    public string? Username { get; set; }

    /// <summary>"App Password", as typed; never what is stored.</summary>
    public string? Password { get; set; }

    /// <summary>"Remove the stored password".</summary>
    public bool RemovePassword { get; set; }

    /// <summary>"No sign-in required".</summary>
    public bool NeedsNoSignIn { get; set; }

    /// <summary>Whether a password is stored.</summary>
    [BindNever]
    public bool HasPassword { get; set; }

    /// <summary>The result of filling in; null if the button wasn't pressed.</summary>
    [BindNever]
    public string? Notice { get; set; }

    /// <summary>Whether a password is sent over an unencrypted connection.</summary>
    [BindNever]
    public bool SendsPasswordUnencrypted { get; set; }
}
