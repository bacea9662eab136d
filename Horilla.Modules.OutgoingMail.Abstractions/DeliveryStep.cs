namespace Horilla.Modules.OutgoingMail;

/// <summary>The steps of a delivery, in their order.</summary>
public enum DeliveryStep
{
    /// <summary>Choosing the server's configuration, and reading it.</summary>
    Configuration,

    /// <summary>Finding the addresses of the host.</summary>
    LookUp,

    /// <summary>Connecting, and the server's greeting.</summary>
    Connection,

    /// <summary>Agreeing on TLS, and verifying the server's certificate.</summary>
    Tls,

    /// <summary>Signing in.</summary>
    SignIn,

    /// <summary>Naming the sender.</summary>
    Sender,

    /// <summary>Naming the recipients.</summary>
    Recipient,

    /// <summary>Handing the message over.</summary>
    Content,
}
