using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>What the steps of one attempt to open a connection share. Used once.</summary>
/// <param name="Configuration">The server's configuration.</param>
/// <param name="Settings">The server's settings.</param>
/// <param name="Password">The password to sign in with; null if the server needs no sign-in.</param>
/// <param name="Delivery">Records each step.</param>
/// <param name="Errors">Explains errors.</param>
internal sealed record SmtpAttemptContext(OutgoingMailConfiguration Configuration, SmtpServerSettings Settings, string? Password, DeliveryTrace Delivery, SmtpErrors Errors)
{
    /// <summary>The conversation with the server.</summary>
    public SmtpProtocolTracker Protocol { get; } = new();

    /// <summary>Never contains the password.</summary>
    public override string ToString() => Settings.Host;
}
