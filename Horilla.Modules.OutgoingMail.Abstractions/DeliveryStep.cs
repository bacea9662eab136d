namespace Horilla.Modules.OutgoingMail;

/// <summary>The steps of a delivery, in order.</summary>
public enum DeliveryStep
{
    /// <summary>Selecting and reading the server's configuration.</summary>
    Configuration,

    /// <summary>Resolving the host name.</summary>
    DnsLookup,

    /// <summary>Connecting, including the server's greeting.</summary>
    Connection,

    /// <summary>Negotiating TLS and verifying the server's certificate.</summary>
    Tls,

    /// <summary>Signing in.</summary>
    SignIn,

    /// <summary>Specifying the sender.</summary>
    Sender,

    /// <summary>Specifying the recipients.</summary>
    Recipient,

    /// <summary>Transferring the message.</summary>
    Data,
}
