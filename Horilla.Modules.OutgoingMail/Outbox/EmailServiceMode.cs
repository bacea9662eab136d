namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>How messages are sent that come through OrchardCore's email service.</summary>
public enum EmailServiceMode
{
    /// <summary>At once, and again later if the server can't accept them now.</summary>
    AtOnceThenLater,

    /// <summary>In the background, with the changes of the request that sends them.</summary>
    InBackground,

    /// <summary>At once only.</summary>
    AtOnceOnly,
}
