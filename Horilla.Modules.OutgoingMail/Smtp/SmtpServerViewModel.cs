using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// The groups Server and Sign-in of the form. Numbers are texts here, so that what was typed comes back with an error.
/// </summary>
public class SmtpServerViewModel
{
    /// <summary>The id of a well-known provider; empty for any other.</summary>
    public string? Provider { get; set; }

    /// <summary>The button that fills in what the provider wants, without saving: for browsers without scripts.</summary>
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

    /// <summary>"This server needs no sign-in".</summary>
    public bool NeedsNoSignIn { get; set; }

    /// <summary>Whether a password is stored.</summary>
    [BindNever]
    public bool HasPassword { get; set; }

    /// <summary>What became of the button that fills in; null where it was not pressed.</summary>
    [BindNever]
    public string? Notice { get; set; }

    /// <summary>Whether a password goes over the network in clear.</summary>
    [BindNever]
    public bool SendsPasswordInClear { get; set; }
}
